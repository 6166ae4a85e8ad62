//! The lines before a page, between rules of three hyphens: its title and the files that it includes.

use crate::{Facts, Include, Span, Word, text::Text};

pub(super) fn read(text: &Text<'_>, facts: &mut Facts) {
    let mut lines = text.lines();
    if lines.next().is_none_or(|line| text.slice(line).trim_end() != "---") {
        return;
    }
    let mut inside = false;
    for line in lines {
        let source = text.slice(line);
        if source.trim_end() == "---" {
            return;
        }
        match source.trim_start().strip_prefix("- ") {
            Some(_) if inside => {
                let start = line.start + source.find("- ").map_or(0, |at| at + 2);
                let span = text.trim(Span::new(start, line.end));
                let name = text.slice(span).trim_matches(['"', '\'']).to_owned();
                facts.includes.push(Include { name: Word { text: name.into(), span } });
            }
            None if !source.trim().is_empty() => {
                inside = source.trim_end() == "includes:";
                if let Some(rest) = source.strip_prefix("title:").filter(|_| facts.title.is_none()) {
                    let span = text.trim(Span::new(line.end - rest.len(), line.end));
                    let title = text.slice(span).trim_matches(['"', '\'']).to_owned();
                    facts.title = Some(Word { text: title.into(), span });
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, extract};

    fn check(page: &str, expected: &[&str]) {
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        let found: Vec<_> = facts.includes.iter().map(|include| include.name.text.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_head_names_included_files() {
        check(
            "---\ntitle: x\nincludes:\n  - boats\n  - \"ports\"\nsearch: true\nother:\n  - x\n---\n\n# A\n",
            &["boats", "ports"],
        );
        check("# A\n\n---\nincludes:\n  - boats\n---\n", &[]);
        check("---\n- x\n", &[]);
    }
}
