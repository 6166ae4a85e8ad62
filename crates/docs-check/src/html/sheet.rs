//! The Markdown that a page is turned into, piece by piece.

use crate::text::Origin;

/// Longer than any run of backticks that an example holds.
const FENCE: &str = "````````";

/// Markdown in the making.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    out: String,
    origin: Origin,
    /// Where in the page the tag stands that is read.
    place: usize,
    /// Whether white space is due before the next word.
    gap: bool,
    /// Lists that are open.
    lists: usize,
    /// Tables that are open; only the outermost is one.
    tables: usize,
    /// Cells of the row that is open, and whether the header is behind.
    cells: usize,
    rows: usize,
    code: bool,
    aside: bool,
    link: Option<String>,
}

impl Sheet {
    pub(super) fn finish(mut self) -> (String, Origin) {
        if self.code {
            self.close_code();
        }
        self.out.push('\n');
        (self.out, self.origin)
    }

    /// Tells where in the page what is written next stands.
    pub(super) const fn at(&mut self, place: usize) {
        self.place = place;
    }

    /// Writes what the page does not have.
    fn write(&mut self, text: &str) {
        self.origin.standing_for(self.out.len(), self.place);
        self.out.push_str(text);
    }

    fn blank_line(&mut self) {
        let trimmed = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(trimmed);
        if trimmed > 0 {
            self.write("\n\n");
        }
        self.gap = false;
    }

    fn fresh_line(&mut self) {
        let trimmed = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(trimmed);
        if trimmed > 0 {
            self.write("\n");
        }
        self.gap = false;
    }

    /// Ends a paragraph.
    pub(super) fn block(&mut self) {
        match (self.tables > 0, self.code, self.aside, self.lists) {
            (true, ..) => self.gap = true,
            (_, true, ..) => {}
            (_, _, true, _) => self.fresh_line(),
            (_, _, _, 0) => self.blank_line(),
            _ => self.gap = true,
        }
    }

    /// Ends a line.
    pub(super) fn line(&mut self) {
        if self.code {
            self.write("\n");
        } else if self.tables > 0 || self.lists > 0 {
            self.gap = true;
        } else {
            self.fresh_line();
        }
    }

    /// Writes a mark of Markdown.
    pub(super) fn mark(&mut self, mark: &str) {
        self.fill_gap(mark.chars().next().unwrap_or(' '));
        self.write(mark);
    }

    fn fill_gap(&mut self, next: char) {
        if std::mem::take(&mut self.gap) && !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            let closes = [')', ',', '.', ']'].contains(&next);
            if !closes {
                self.write(" ");
            }
        }
    }

    /// Writes words of the page, with one space for every run of white space.
    pub(super) fn prose(&mut self, text: &str, place: usize) {
        let mut at = 0;
        for word in text.split_inclusive(char::is_whitespace) {
            let solid = word.trim_end();
            if !solid.is_empty() {
                self.place = place + at;
                let ends = self.out.ends_with([' ', '\n']);
                if std::mem::take(&mut self.gap) && !ends && !self.out.is_empty() {
                    self.write(" ");
                }
                self.origin.verbatim(self.out.len(), place + at);
                if self.tables > 0 && solid.contains('|') {
                    self.write(&solid.replace('|', "\\|"));
                } else {
                    self.out.push_str(solid);
                }
            }
            self.gap |= solid.len() < word.len();
            at += word.len();
        }
    }

    /// Writes text of the page as it stands.
    pub(super) fn verbatim(&mut self, text: &str, place: usize) {
        self.origin.verbatim(self.out.len(), place);
        self.out.push_str(text);
    }

    /// Writes what a reference of the page stands for.
    pub(super) fn stand_in(&mut self, text: &str, place: usize) {
        self.place = place;
        if text.chars().all(char::is_whitespace) && !self.code {
            self.gap = true;
            return;
        }
        if !self.code {
            let ends = self.out.ends_with([' ', '\n']);
            if std::mem::take(&mut self.gap) && !ends && !self.out.is_empty() {
                self.write(" ");
            }
        }
        self.write(text);
    }

    pub(super) fn open_code(&mut self, language: &str) {
        if self.tables > 0 {
            return;
        }
        self.lists = 0;
        self.blank_line();
        self.write(FENCE);
        self.write(language);
        self.write("\n");
        self.code = true;
    }

    /// The language of the code that was just opened, where the element inside tells it.
    pub(super) fn name_language(&mut self, language: &str) {
        if self.out.ends_with(&format!("{FENCE}\n")) {
            self.out.truncate(self.out.len() - 1);
            self.write(language);
            self.write("\n");
        }
    }

    pub(super) fn close_code(&mut self) {
        if !std::mem::take(&mut self.code) {
            return;
        }
        if !self.out.ends_with('\n') {
            self.write("\n");
        }
        self.write(FENCE);
        self.write("\n\n");
        self.gap = false;
    }

    pub(super) fn open_table(&mut self) {
        if self.tables == 0 {
            self.lists = 0;
            self.blank_line();
            self.rows = 0;
            self.cells = 0;
        }
        self.tables += 1;
    }

    pub(super) fn open_row(&mut self) {
        if self.tables == 1 {
            self.close_row();
        }
    }

    pub(super) fn open_cell(&mut self) {
        if self.tables != 1 {
            self.gap = true;
            return;
        }
        if self.cells == 0 {
            self.write("| ");
        } else {
            self.write(" | ");
        }
        self.cells += 1;
        self.gap = false;
    }

    pub(super) fn close_row(&mut self) {
        if self.tables != 1 || self.cells == 0 {
            return;
        }
        self.write(" |\n");
        if self.rows == 0 {
            let ruler = format!("|{}\n", " --- |".repeat(self.cells));
            self.write(&ruler);
        }
        self.rows += 1;
        self.cells = 0;
        self.gap = false;
    }

    pub(super) fn close_table(&mut self) {
        self.close_row();
        self.tables = self.tables.saturating_sub(1);
        if self.tables == 0 {
            self.blank_line();
        }
    }

    pub(super) fn open_list(&mut self) {
        if self.tables == 0 && !self.code {
            if self.lists == 0 {
                self.blank_line();
            }
            self.lists += 1;
        }
    }

    pub(super) fn close_list(&mut self) {
        if self.tables == 0 && !self.code {
            self.lists = self.lists.saturating_sub(1);
            if self.lists == 0 {
                self.blank_line();
            }
        }
    }

    pub(super) fn open_item(&mut self) {
        if self.tables > 0 {
            self.gap = true;
            return;
        }
        self.fresh_line();
        // Lists in lists in lists beyond this are as deep as this.
        let indent = "  ".repeat(self.lists.saturating_sub(1).min(16));
        self.write(&indent);
        self.write("- ");
    }

    pub(super) fn open_aside(&mut self, name: &str) {
        self.block();
        if name == "aside" && self.tables == 0 && !self.code {
            self.write("<aside>\n");
            self.aside = true;
        }
    }

    pub(super) fn close_aside(&mut self) {
        if std::mem::take(&mut self.aside) {
            self.fresh_line();
            self.write("</aside>\n\n");
        }
    }

    pub(super) fn open_link(&mut self, target: Option<String>) {
        if self.code || self.link.is_some() {
            return;
        }
        let target = target.filter(|target| !target.contains(['(', ')', ' ', '\n', '<', '>']));
        if target.is_some() {
            self.mark("[");
            self.link = target;
        }
    }

    pub(super) fn close_link(&mut self) {
        if let Some(target) = self.link.take() {
            self.write(&format!("]({target})"));
        }
    }
}
