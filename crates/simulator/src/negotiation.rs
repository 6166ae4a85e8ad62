//! Media types: what a caller sends and what it takes.

/// Whether this `Content-Type` says JSON.
pub(crate) fn is_json(content_type: Option<&str>) -> bool {
    let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Whether these `Accept` lines take JSON: the most specific range that fits decides. Without any, all is taken.
pub(crate) fn accepts_json<'h>(accept: impl IntoIterator<Item = &'h str>) -> bool {
    let ranges = accept.into_iter().flat_map(|line| line.split(',')).filter(|range| !range.trim().is_empty());
    let mut fitting: Option<(usize, bool)> = None;
    let mut any = false;
    for range in ranges {
        any = true;
        let mut parts = range.split(';').map(str::trim);
        let specificity = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "application/json" => 2,
            "application/*" => 1,
            "*/*" | "*" => 0,
            _ => continue,
        };
        let refused = parts.any(|parameter| {
            let weight = parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q="));
            weight.and_then(|weight| weight.parse::<f32>().ok()).is_some_and(|weight| weight <= 0.0)
        });
        if fitting.is_none_or(|(best, _)| specificity >= best) {
            fitting = Some((specificity, !refused));
        }
    }
    fitting.map_or(!any, |(_, taken)| taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(accept: &str, expected: bool) {
        assert_eq!(accepts_json(accept.split('|')), expected, "{accept}");
    }

    #[test]
    fn accept_takes_json_unless_it_leaves_it_out() {
        assert!(accepts_json([]));
        check("", true);
        check("application/json; charset=utf-8", true);
        check("text/html, */*;q=0.1", true);
        check("application/*", true);
        check("text/html", false);
        check("application/json;q=0", false);
        check("application/json;q=0, */*", false);
        check("text/html|application/json", true);
    }

    #[test]
    fn content_types_of_json() {
        let is = |value| is_json(Some(value));
        assert!(is("application/json") && is("Application/JSON;charset=utf-8") && is("application/x+json"));
        assert!(!is("text/json") && !is("application/x-www-form-urlencoded") && !is_json(None));
    }
}
