//! The front end for flattened text: what remains of a page when borders, list marks and heading levels are lost.

mod json_lines;
mod table_rows;

use crate::{
    Span,
    block::{Block, BlockKind, Grid, GridRow, Layout},
    column,
    heading::{is_part, is_status, is_title},
    text::Text,
};

/// Level of headings that open a subject, and of those that open a part of one.
const SUBJECT_LEVEL: u8 = 1;
const PART_LEVEL: u8 = 2;

/// Of so many lines of a page with paragraphs at least one is empty.
const BLANK_SHARE: usize = 20;

/// The lines of a page.
struct Page<'t> {
    text: &'t Text<'t>,
    lines: Vec<Span>,
    /// Whether the page has lost its empty lines.
    dense: bool,
}

/// What flattened text is made of.
pub(crate) fn layout(text: &Text<'_>) -> Layout {
    let lines: Vec<Span> = text.lines().map(|line| text.trim(line)).collect();
    let blank = lines.iter().filter(|line| line.is_empty()).count();
    let page = Page { text, dense: blank * BLANK_SHARE < lines.len(), lines };
    let mut blocks = Vec::new();
    let mut index = 0;
    while let Some(line) = page.lines.get(index).copied() {
        if line.is_empty() {
            index += 1;
            continue;
        }
        let (block, next) = json_block(text, &page.lines, index)
            .or_else(|| table(text, &page.lines, index))
            .unwrap_or_else(|| (page.line_block(index), index + 1));
        blocks.push(block);
        index = next.max(index + 1);
    }
    Layout { blocks, ..Layout::default() }
}

fn json_block(text: &Text<'_>, lines: &[Span], index: usize) -> Option<(Block, usize)> {
    let first = lines.get(index)?;
    let next = json_lines::end(text, lines, index)?;
    let last = lines.get(next - 1)?;
    let kind = BlockKind::Code { language: String::new() };
    Some((Block { kind, span: Span::new(first.start, last.end) }, next))
}

fn table(text: &Text<'_>, lines: &[Span], index: usize) -> Option<(Block, usize)> {
    let first = lines.get(index)?;
    let columns = column::split_headings(text.slice(*first))?;
    let header: Vec<Span> =
        columns.iter().map(|(at, length, _)| Span::new(*at, at + length).moved(first.start)).collect();
    let kinds: Vec<_> = columns.into_iter().map(|(_, _, kind)| kind).collect();
    let mut rows = Vec::new();
    for line in lines.get(index + 1..)? {
        let Some(cells) = table_rows::split(text.slice(*line), &kinds) else { break };
        let cells = cells.into_iter().map(|cell| cell.moved(line.start)).collect();
        rows.push(GridRow { span: *line, cells });
    }
    let last = rows.last()?.span;
    let next = index + 1 + rows.len();
    let kind = BlockKind::Table(Grid { header, rows });
    Some((Block { kind, span: Span::new(first.start, last.end) }, next))
}

impl Page<'_> {
    fn line(&self, index: Option<usize>) -> &str {
        index.and_then(|index| self.lines.get(index)).map_or("", |span| self.text.slice(*span))
    }

    fn line_block(&self, index: usize) -> Block {
        let span = self.lines.get(index).copied().unwrap_or_default();
        let line = self.text.slice(span);
        let kind = if line.starts_with(['-', '*', '•']) && line.chars().nth(1) == Some(' ') {
            BlockKind::Item
        } else if self.stands_alone(index)
            && is_title(line)
            && !is_status(line)
            && !self.introduces_json(index)
        {
            BlockKind::Heading { level: if is_part(line) { PART_LEVEL } else { SUBJECT_LEVEL } }
        } else {
            BlockKind::Prose
        };
        Block { kind, span }
    }

    /// Whether a line stands apart from what is around it. On a page without empty lines it does where it is no
    /// part of a sentence that is cut into lines.
    fn stands_alone(&self, index: usize) -> bool {
        let before = self.line(index.checked_sub(1));
        let after = self.line(Some(index + 1));
        if !self.dense {
            return before.is_empty() && after.is_empty();
        }
        let ended = before.is_empty() || before.ends_with(['.', '!', '?', ')', '}', ']', ';', ':', '*']);
        let begins =
            after.is_empty() || after.starts_with(|c: char| !c.is_lowercase() && c != '{' && c != '"');
        let words = self.line(Some(index)).split_whitespace().count();
        (ended || is_title(before)) && begins && words > 1
    }

    /// Whether the line is the caption of the example after it, and not a heading.
    fn introduces_json(&self, index: usize) -> bool {
        let line = self.line(Some(index)).to_lowercase();
        let caption = ["example", "response", "payload", "body"].iter().any(|word| line.contains(word));
        let after = self.lines.iter().enumerate().skip(index + 1).find(|(_, line)| !line.is_empty());
        let begins = after.is_some_and(|(next, _)| json_lines::begins(self.text, &self.lines, next));
        caption && !is_part(&line) && begins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[&str]) {
        let text = Text::new(page.as_bytes());
        let found: Vec<_> = layout(&text)
            .blocks
            .iter()
            .map(|block| {
                let first = text.slice(block.span).lines().next().unwrap_or_default().to_owned();
                match &block.kind {
                    BlockKind::Heading { level } => format!("h{level} {first}"),
                    BlockKind::Prose => format!("p {first}"),
                    BlockKind::Item => format!("li {first}"),
                    BlockKind::Aside => format!("aside {first}"),
                    BlockKind::Code { .. } => format!("code {}", text.slice(block.span).lines().count()),
                    BlockKind::Table(grid) => {
                        let cells = |row: &GridRow| {
                            row.cells.iter().map(|cell| text.slice(*cell)).collect::<Vec<_>>().join("|")
                        };
                        grid.rows.iter().map(cells).collect::<Vec<_>>().join(" / ")
                    }
                }
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn headings_stand_alone() {
        check("Boats\n\nBoats float on water.\n", &["h1 Boats", "p Boats float on water."]);
        check(
            "Fetch Boat(s)\n\nHTTP Request\n\nGET /boats\n",
            &["h1 Fetch Boat(s)", "h2 HTTP Request", "p GET /boats"],
        );
        check(
            "boat-sunk\n\nboat-sunk example object\n\n{\n}\n",
            &["h1 boat-sunk", "p boat-sunk example object", "code 2"],
        );
        check("STATUS 201\n\nThis adds boats to ports\n", &["p STATUS 201", "p This adds boats to ports"]);
    }

    #[test]
    fn rows_are_split_by_what_their_columns_hold() {
        check(
            "Body Parameter Description Required?\nname The name, Y or not Y\nport N\nflag Y if not port\n",
            &["name|The name, Y or not|Y / port||N / flag||Y if not port"],
        );
        check(
            "Parameter Default Description\nsize 100 Sets it.\nafter 30 minutes earlier Only after.\nid Only it.\n",
            &["size|100|Sets it. / after|30 minutes earlier|Only after. / id||Only it."],
        );
        check(
            "Description Required\nsail plan Y (if sailing)\nlog book N\n",
            &["sail plan|Y (if sailing) / log book|N"],
        );
        check("VIN Action\n1ABC It sinks\n", &["1ABC|It sinks"]);
        check("Error Code Meaning\n400 Bad -- Wrong.\n", &["400|Bad -- Wrong."]);
    }

    #[test]
    fn examples_end_where_their_braces_do() {
        check("{\n\"a\": 1\n}\nText follows.\n", &["code 3", "p Text follows."]);
        check("{\n\"a\": {\n}\n\nNext\n\nText.\n", &["code 3", "h1 Next", "p Text."]);
        check("{\n\"a\": {\n\n\"b\": 1\n}\n}\n", &["code 6"]);
        check("\"a\": {\n\"b\": 1\n}\n}\nText.\n", &["code 4", "p Text."]);
        check("[see this] for more.\n", &["p [see this] for more."]);
        check("{boatId} is an id.\n", &["p {boatId} is an id."]);
    }

    #[test]
    fn headings_are_seen_on_pages_without_empty_lines() {
        let line = "This is a sentence.\n".repeat(30);
        let prose = |count| std::iter::repeat_n("p This is a sentence.", count);
        let expected: Vec<&str> = ["h1 All Our Boats"]
            .into_iter()
            .chain(prose(30))
            .chain(["h1 Fetch Boats", "p GET /boats"])
            .collect();
        check(&format!("All Our Boats\n{line}Fetch Boats\nGET /boats\n"), &expected);
        let cut: Vec<&str> = prose(30).chain(["p See the", "p Boat", "p first."]).collect();
        check(&format!("{line}See the\nBoat\nfirst.\n"), &cut);
    }
}
