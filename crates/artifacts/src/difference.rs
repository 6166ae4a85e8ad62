//! Whether the committed files are those that the contract gives.

use std::{collections::BTreeMap, fmt};

/// How a committed file differs from what the contract gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// It is not there.
    Missing {
        /// Its path.
        path: String,
    },
    /// Its text is another one.
    Stale {
        /// Its path.
        path: String,
        /// The first line that differs, from one.
        line: usize,
    },
    /// The contract gives no such file.
    Leftover {
        /// Its path.
        path: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { path } => write!(formatter, "{path}: missing"),
            Self::Stale { path, line } => write!(formatter, "{path}:{line}: stale"),
            Self::Leftover { path } => write!(formatter, "{path}: left over"),
        }
    }
}

/// How committed files differ from generated ones; both are texts by path. Empty where they are the same.
pub fn differences(
    generated: &BTreeMap<String, String>,
    committed: &BTreeMap<String, String>,
) -> Vec<Difference> {
    let mut differences: Vec<Difference> = Vec::new();
    for (path, text) in generated {
        match committed.get(path) {
            None => differences.push(Difference::Missing { path: path.clone() }),
            Some(found) if found == text => {}
            Some(found) => {
                differences
                    .push(Difference::Stale { path: path.clone(), line: first_differing_line(text, found) });
            }
        }
    }
    let leftover = committed.keys().filter(|path| !generated.contains_key(*path));
    differences.extend(leftover.map(|path| Difference::Leftover { path: path.clone() }));
    differences
}

fn first_differing_line(one: &str, other: &str) -> usize {
    1 + one.lines().zip(other.lines()).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(generated: &[(&str, &str)], committed: &[(&str, &str)], expected: &[&str]) {
        let texts = |files: &[(&str, &str)]| {
            files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
        };
        let found = differences(&texts(generated), &texts(committed));
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn files_are_compared_by_path_and_text() {
        check(&[("a", "1\n2\n")], &[("a", "1\n2\n")], &[]);
        check(&[("a", "1\n2\n")], &[("a", "1\n3\n")], &["a:2: stale"]);
        check(&[("a", "1\n2\n")], &[("a", "1\n")], &["a:2: stale"]);
        check(&[("a", "")], &[("b", "")], &["a: missing", "b: left over"]);
    }
}
