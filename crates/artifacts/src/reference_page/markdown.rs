//! A page of Markdown, block by block.

use serde_json::Value;

/// A page that grows at its end.
#[derive(Debug)]
pub(super) struct Markdown(String);

impl Markdown {
    /// A page with Slate's front matter and nothing else.
    pub(super) fn with_front_matter(title: &str) -> Self {
        Self(format!("---\ntitle: {title}\nsearch: true\ncode_clipboard: true\n---\n"))
    }

    /// The text of the page.
    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// A heading of a level from 1.
    pub(super) fn heading(&mut self, level: usize, title: &str) {
        self.block(&format!("{} {title}", "#".repeat(level)));
    }

    /// A paragraph; nothing for empty text.
    pub(super) fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.block(text);
        }
    }

    /// A notice beside the text.
    pub(super) fn aside(&mut self, text: &str) {
        self.block(&format!("<aside class=\"notice\">\n{text}\n</aside>"));
    }

    /// A table with these column headings.
    pub(super) fn table<const N: usize>(
        &mut self,
        headings: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        let mut lines =
            vec![headings.join(" | "), headings.map(|heading| "-".repeat(heading.len())).join(" | ")];
        lines.extend(
            rows.into_iter().map(|row| row.map(|cell| cell_text(&cell)).join(" | ").trim_end().to_owned()),
        );
        self.block(&lines.join("\n"));
    }

    /// A captioned JSON example.
    pub(super) fn example(&mut self, caption: &str, value: &Value) {
        self.block(&format!("> {caption}:"));
        self.block(&format!("```json\n{value:#}\n```"));
    }

    /// A command line.
    pub(super) fn shell(&mut self, command: &str) {
        self.block(&format!("```shell\n{command}\n```"));
    }

    fn block(&mut self, text: &str) {
        self.0.push('\n');
        self.0.push_str(text);
        self.0.push('\n');
    }
}

/// Text that can stand in a cell.
fn cell_text(text: &str) -> String {
    text.replace('|', "\\|").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn blocks_stand_apart_and_cells_on_one_line() {
        let mut page = Markdown::with_front_matter("Boats");
        page.heading(2, "Sails");
        page.paragraph("");
        page.table(["Name", "Use"], [["jib".to_owned(), "fore\n|aft".to_owned()]]);
        page.example("Example reply", &json!({"sail": "jib"}));
        assert_eq!(
            page.into_text(),
            "---\ntitle: Boats\nsearch: true\ncode_clipboard: true\n---\n\n## Sails\n\nName | Use\n---- | ---\n\
             jib | fore \\|aft\n\n> Example reply:\n\n```json\n{\n  \"sail\": \"jib\"\n}\n```\n"
        );
    }
}
