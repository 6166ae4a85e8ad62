//! The machine that is measured on: a ratio says little without it.

use std::{fs, thread::available_parallelism};

use estoppel_cli::Failure;

/// The model of the processor and the number of its cores.
pub(crate) fn machine() -> Result<String, Failure> {
    let cores = available_parallelism()
        .map_err(|error| Failure::new(format!("the number of cores is unknown: {error}")))?;
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    Ok(format!("{}, {cores} cores", model(&information).unwrap_or("an unknown processor")))
}

fn model(information: &str) -> Option<&str> {
    let line = information.lines().find_map(|line| line.strip_prefix("model name"))?;
    Some(line.trim_start_matches([' ', '\t', ':']).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_read_from_the_first_processor() {
        let check = |information, expected| assert_eq!(model(information), expected);
        check(
            "processor\t: 0\nmodel name\t: Example CPU @ 2.00GHz\nmodel name\t: Other\n",
            Some("Example CPU @ 2.00GHz"),
        );
        check("processor\t: 0\n", None);
        check("", None);
    }
}
