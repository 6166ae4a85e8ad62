//! Paths and URLs of a draft, as templates.

/// A path whose parameters stand in braces, each under a name of its own.
pub(super) fn template(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment.strip_prefix(':') {
        Some(name) if !name.is_empty() => format!("{{{}}}", name.replace(['{', '}'], "")),
        _ => braced(segment),
    });
    let whole = segments.collect::<Vec<_>>().join("/");
    let mut known: Vec<&str> = Vec::new();
    let mut template = String::new();
    for (literal, name) in pieces(&whole) {
        template.push_str(literal);
        let Some(name) = name else { continue };
        let times = known.iter().filter(|earlier| **earlier == name).count();
        known.push(name);
        // A template has no name twice.
        let number = if times == 0 { String::new() } else { (times + 1).to_string() };
        template.extend(["{", name, &number, "}"]);
    }
    template
}

/// The names of the parameters of a template, in order.
pub(super) fn names(template: &str) -> Vec<&str> {
    pieces(template).filter_map(|(_, name)| name).collect()
}

/// A template without the names of its parameters: two templates that differ only in these are the same path.
pub(super) fn shape(template: &str) -> String {
    pieces(template).flat_map(|(literal, name)| [literal, name.map_or("", |_| "{}")]).collect()
}

/// A text whose parts between angle brackets or braces are parameters; a brace that is not closed is none.
pub(super) fn braced(text: &str) -> String {
    let text = text.replace('<', "{").replace('>', "}");
    let mut braced = String::new();
    for (literal, name) in pieces(&text) {
        braced.push_str(&literal.replace('{', "%7B").replace('}', "%7D"));
        if let Some(name) = name {
            braced.extend(["{", name, "}"]);
        }
    }
    braced
}

/// What stands before each parameter, and its name; at the end the rest without one.
fn pieces(template: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(template);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find('}') else {
            rest = None;
            return Some((text, None));
        };
        rest = text.get(end + 1..);
        // The innermost brace before the one that closes; without one, or with nothing between, it is only text.
        let start = text.get(..end).and_then(|before| before.rfind('{'));
        let named = start.and_then(|start| Some((text.get(..start)?, text.get(start + 1..end)?)));
        match named.filter(|(_, name)| !name.is_empty()) {
            Some((literal, name)) => Some((literal, Some(name))),
            None => Some((text.get(..=end).unwrap_or_default(), None)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &str) {
        assert_eq!(template(path), expected);
    }

    #[test]
    fn parameters_stand_in_braces() {
        check("/boats/:id/sails", "/boats/{id}/sails");
        check("/boats/<ID>", "/boats/{ID}");
        check("/boats/{id}", "/boats/{id}");
        check("/Boats({id})/Sails", "/Boats({id})/Sails");
        check("/boats/{id}/{id}", "/boats/{id}/{id2}");
        check("/boats/{id", "/boats/%7Bid");
        check("/boats/id}/{x}", "/boats/id%7D/{x}");
        check("/boats/{}", "/boats/%7B%7D");
        check("/boats/:", "/boats/:");
        assert_eq!(names("/a/{b}/c({d})"), ["b", "d"]);
        assert_eq!(shape("/a/{b}/c({d})"), "/a/{}/c({})");
    }
}
