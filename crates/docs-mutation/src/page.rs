//! A reference page as a list of blocks.
//!
//! It is read here once more, and not by the reader that is measured: what that one loses must not go unmutated.

use estoppel_docs_check::Span;

/// A piece of a page that stands on lines of its own.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// Without the end of its last line.
    pub(crate) span: Span,
    /// Place of the section around it in [`Page::sections`].
    pub(crate) section: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum BlockKind {
    Heading,
    Prose,
    /// The words that introduce an example.
    Caption,
    Aside,
    Code {
        language: String,
        /// Between the fences.
        contents: Span,
    },
    Table(Grid),
    FrontMatter,
}

/// A table as it is laid out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    pub(crate) header: Vec<Span>,
    pub(crate) header_line: Span,
    pub(crate) rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The line, without its end.
    pub(crate) line: Span,
    pub(crate) cells: Vec<Span>,
}

/// What stands under one heading.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) level: usize,
    pub(crate) title: Span,
    /// From the heading's line to before the next heading of this or an outer level.
    pub(crate) span: Span,
    /// Place of the section around it.
    pub(crate) around: Option<usize>,
}

/// A page, read.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    pub(crate) sections: Vec<Section>,
    starts: Vec<usize>,
}

impl Page {
    pub(crate) fn new(text: &str) -> Self {
        let starts = line_starts(text.as_bytes());
        let mut page = Self { text: text.to_owned(), blocks: Vec::new(), sections: Vec::new(), starts };
        page.read();
        page
    }

    /// The text of a range.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The line, from one, on which an offset stands.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The line around an offset, without its end.
    pub(crate) fn line_at(&self, offset: usize) -> Span {
        self.line(self.line_of(offset).saturating_sub(1))
    }

    /// The range, and the end of its last line with it.
    pub(crate) fn with_end(&self, span: Span) -> Span {
        let end = usize::from(self.text.as_bytes().get(span.end) == Some(&b'\n'));
        Span::new(span.start, span.end + end)
    }

    fn line(&self, index: usize) -> Span {
        let start = self.starts.get(index).copied().unwrap_or(self.text.len());
        let next = self.starts.get(index + 1).copied();
        let last = self.text.strip_suffix('\n').unwrap_or(&self.text).len();
        Span::new(start, next.map_or(last, |next| next - 1).max(start))
    }

    /// The cells of a line of a table, without the bars between them. A bar behind a backslash is text.
    pub(crate) fn cells(&self, line: Span) -> Vec<Span> {
        let source = self.slice(line);
        let bars = source.match_indices('|').map(|(at, _)| at);
        let bars = bars.filter(|at| !source.get(..*at).unwrap_or_default().ends_with('\\'));
        let mut starts = vec![0];
        let mut ends = Vec::new();
        for bar in bars {
            ends.push(bar);
            starts.push(bar + 1);
        }
        ends.push(source.len());
        let cells = starts.into_iter().zip(ends).map(|(start, end)| {
            let cell = source.get(start..end).unwrap_or_default();
            let from = line.start + start + (cell.len() - cell.trim_start().len()).min(cell.len());
            Span::new(from, from + cell.trim().len())
        });
        cells.collect()
    }

    fn read(&mut self) {
        let mut index = 0;
        while index < self.starts.len() {
            let line = self.line(index);
            let text = self.slice(line);
            let last = match text {
                "" => index,
                "---" if index == 0 => self.until(index, "---"),
                _ if text.starts_with("```") => self.until(index, "```"),
                _ if text.starts_with("<aside") => self.until(index, "</aside>"),
                _ => index + self.while_filled(index),
            };
            if !text.is_empty() {
                self.push(index, last);
            }
            index = last + 1;
        }
        let ends: Vec<usize> = (0..self.sections.len()).map(|index| self.end_of(index)).collect();
        for (section, end) in self.sections.iter_mut().zip(ends) {
            section.span.end = end;
        }
    }

    fn until(&self, index: usize, closing: &str) -> usize {
        let lines = index + 1..self.starts.len();
        lines.into_iter().find(|line| self.slice(self.line(*line)) == closing).unwrap_or(index)
    }

    /// How many lines after this one are filled.
    fn while_filled(&self, index: usize) -> usize {
        (index + 1..self.starts.len()).take_while(|line| !self.slice(self.line(*line)).is_empty()).count()
    }

    fn push(&mut self, first: usize, last: usize) {
        let line = self.line(first);
        let span = Span::new(line.start, self.line(last).end);
        let text = self.slice(line).to_owned();
        let hashes = text.bytes().take_while(|byte| *byte == b'#').count();
        let ruled = self.slice(self.line(first + 1)).starts_with('-') && last > first && text.contains(" | ");
        let kind = if text == "---" {
            BlockKind::FrontMatter
        } else if hashes > 0 {
            self.open(hashes, line);
            BlockKind::Heading
        } else if let Some(language) = text.strip_prefix("```") {
            let contents = Span::new(line.end + 1, self.line(last).start.saturating_sub(1).max(line.end + 1));
            BlockKind::Code { language: language.to_owned(), contents }
        } else if text.starts_with("<aside") {
            BlockKind::Aside
        } else if text.starts_with("> ") {
            BlockKind::Caption
        } else if ruled {
            let rows = (first + 2..=last).map(|index| self.line(index));
            let rows = rows.map(|line| Row { cells: self.cells(line), line }).collect();
            BlockKind::Table(Grid { header: self.cells(line), header_line: line, rows })
        } else {
            BlockKind::Prose
        };
        self.blocks.push(Block { kind, span, section: self.sections.len().saturating_sub(1) });
    }

    fn open(&mut self, level: usize, line: Span) {
        let around = self.sections.iter().rposition(|section| section.level < level);
        let title = Span::new((line.start + level + 1).min(line.end), line.end);
        let span = Span::new(line.start, self.text.len());
        self.sections.push(Section { level, title, span, around });
    }

    fn end_of(&self, index: usize) -> usize {
        let level = self.sections.get(index).map_or(0, |section| section.level);
        let next = self.sections.iter().skip(index + 1).find(|section| section.level <= level);
        next.map_or(self.text.len(), |next| next.span.start)
    }
}

/// Where the lines of a text begin.
pub(crate) fn line_starts(bytes: &[u8]) -> Vec<usize> {
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let mut starts: Vec<usize> = [0].into_iter().chain(ends).collect();
    if starts.last().is_some_and(|last| *last == bytes.len()) && starts.len() > 1 {
        starts.pop();
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_fall_into_blocks_and_sections() {
        let page = Page::new(
            "---\ntitle: x\n---\n\n# A\n\nText\nmore\n\n## B\n\n> Example:\n\n```json\n{\n}\n```\n\nKey | Type\n--- | ----\na\\|b | string\nc |\n\n# C\n",
        );
        let kinds: Vec<&str> = page
            .blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Heading => "heading",
                BlockKind::Prose => "prose",
                BlockKind::Caption => "caption",
                BlockKind::Aside => "aside",
                BlockKind::Code { contents, .. } => page.slice(*contents),
                BlockKind::Table(grid) => grid
                    .rows
                    .iter()
                    .flat_map(|row| &row.cells)
                    .map(|cell| page.slice(*cell))
                    .collect::<Vec<_>>()
                    .concat()
                    .leak(),
                BlockKind::FrontMatter => "front",
            })
            .collect();
        assert_eq!(
            kinds,
            ["front", "heading", "prose", "heading", "caption", "{\n}", "a\\|bstringc", "heading"]
        );
        let sections: Vec<_> = page
            .sections
            .iter()
            .map(|section| (page.slice(section.title), section.around, page.line_of(section.span.end)))
            .collect();
        assert_eq!(sections, [("A", None, 24), ("B", Some(0), 24), ("C", None, 24)]);
    }
}
