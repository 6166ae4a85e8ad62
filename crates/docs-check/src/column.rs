//! What the columns of a table hold, told from their headings.

use crate::TableKind;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// The name of a member of a request body.
    BodyName,
    /// The name of a query parameter.
    QueryName,
    /// The name of a path parameter.
    PathName,
    /// The name of a header.
    HeaderName,
    /// The name of a cookie.
    CookieName,
    /// The name of a member of an object.
    ObjectName,
    /// The name of a parameter or field; the heading above tells of what.
    Name,
    /// A type, or the word of a list.
    Type,
    /// Words of a list.
    Value,
    /// An HTTP status.
    Code,
    /// A magic input.
    TestValue,
    /// What it is or means.
    Description,
    /// Whether it must be sent.
    Required,
    /// What it must not be.
    Restriction,
    /// Where a parameter is sent.
    Place,
    /// The model of a reply.
    Model,
    /// The header of a reply.
    ReplyHeader,
    /// What stands for it when it is left out.
    Default,
    /// What it can look like.
    Example,
    /// What the heading says, which is nothing we know.
    Other,
}

impl Column {
    /// The place of the parameters that the column names, where its heading tells it.
    pub(crate) const fn place(self) -> Option<TableKind> {
        match self {
            Self::BodyName => Some(TableKind::Body),
            Self::QueryName => Some(TableKind::Query),
            Self::PathName => Some(TableKind::Path),
            Self::HeaderName => Some(TableKind::Header),
            Self::CookieName => Some(TableKind::Cookie),
            _ => None,
        }
    }

    /// Whether the column names the row.
    pub(crate) const fn is_name(self) -> bool {
        self.place().is_some() || matches!(self, Self::ObjectName | Self::Name)
    }
}

/// Column headings, lower case, longer before shorter.
const HEADINGS: [(&str, Column); 53] = [
    ("request body parameter", Column::BodyName),
    ("body parameter", Column::BodyName),
    ("body field", Column::BodyName),
    ("query parameter", Column::QueryName),
    ("path parameter", Column::PathName),
    ("url parameter", Column::PathName),
    ("header parameter", Column::HeaderName),
    ("request header", Column::HeaderName),
    ("cookie parameter", Column::CookieName),
    ("object key", Column::ObjectName),
    ("parameters", Column::Name),
    ("parameter", Column::Name),
    ("field name", Column::Name),
    ("field", Column::Name),
    ("fields", Column::Name),
    ("key", Column::ObjectName),
    ("member", Column::Name),
    ("name", Column::Name),
    ("property", Column::ObjectName),
    ("attribute", Column::ObjectName),
    ("test value", Column::TestValue),
    ("test vin", Column::TestValue),
    ("vin", Column::TestValue),
    ("type", Column::Type),
    ("value", Column::Value),
    ("word", Column::Value),
    ("error code", Column::Code),
    ("http status", Column::Code),
    ("status code", Column::Code),
    ("status", Column::Code),
    ("code", Column::Code),
    ("description", Column::Description),
    ("meaning", Column::Description),
    ("action", Column::Description),
    ("outcome", Column::Description),
    ("effect", Column::Description),
    ("details", Column::Description),
    ("notes", Column::Description),
    ("required?", Column::Required),
    ("required", Column::Required),
    ("mandatory", Column::Required),
    ("always there?", Column::Required),
    ("guaranteed?", Column::Required),
    ("defaults to", Column::Default),
    ("default value", Column::Default),
    ("default", Column::Default),
    ("example", Column::Example),
    ("in", Column::Place),
    ("located in", Column::Place),
    ("location", Column::Place),
    ("schema", Column::Model),
    ("header", Column::ReplyHeader),
    ("restrictions", Column::Restriction),
];

/// What a column with this heading holds.
pub(crate) fn classify(heading: &str) -> Column {
    let heading = heading.trim().trim_matches(['*', '`', '_']).to_lowercase();
    let find = |heading: &str| HEADINGS.iter().find(|(text, _)| *text == heading).map(|(_, column)| *column);
    // A heading in the plural means what it means in the singular.
    let known = find(&heading).or_else(|| find(heading.strip_suffix('s')?));
    known.unwrap_or_else(|| match heading.strip_prefix("test ") {
        Some(_) => Column::TestValue,
        None => Column::Other,
    })
}

/// The column headings of a line that is nothing but column headings: offset, length and column of each.
///
/// At least the first two words or groups of words must be known, or the first and a short rest.
pub(crate) fn split_headings(line: &str) -> Option<Vec<(usize, usize, Column)>> {
    let mut columns = Vec::new();
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let rest_trimmed = rest.trim_start();
        at += rest.len() - rest_trimmed.len();
        if !rest_trimmed.chars().next().is_some_and(char::is_uppercase) {
            return None;
        }
        if let Some((length, column)) = known_heading(rest_trimmed) {
            columns.push((at, length, column));
            at += length;
            continue;
        }
        let length = rest_trimmed.trim_end().len();
        let short = rest_trimmed.split_whitespace().count() <= 5;
        let ending = rest_trimmed.trim_end().trim_end_matches("...");
        let sentence = ending.ends_with(['.', ';']) || ending.contains(':');
        if columns.len() != 1 || !short || sentence {
            return None;
        }
        columns.push((at, length, Column::Other));
        break;
    }
    (columns.len() >= 2).then_some(columns)
}

fn known_heading(text: &str) -> Option<(usize, Column)> {
    HEADINGS.iter().find_map(|(heading, column)| {
        let start = text.get(..heading.len())?;
        let ends = text.get(heading.len()..)?.chars().next().is_none_or(char::is_whitespace);
        (ends && start.eq_ignore_ascii_case(heading)).then_some((heading.len(), *column))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<&[Column]>) {
        let found =
            split_headings(line).map(|columns| columns.into_iter().map(|(_, _, c)| c).collect::<Vec<_>>());
        assert_eq!(found.as_deref(), expected, "{line}");
    }

    #[test]
    fn lines_of_column_headings_are_told_from_text() {
        check(
            "Body Parameter Description Required?",
            Some(&[Column::BodyName, Column::Description, Column::Required]),
        );
        check("Parameter Default Description", Some(&[Column::Name, Column::Default, Column::Description]));
        check("Type Shows up when...", Some(&[Column::Type, Column::Other]));
        check("Error Code Meaning", Some(&[Column::Code, Column::Description]));
        check("Description Required", Some(&[Column::Description, Column::Required]));
        check("Type of thing", None);
        check("Name", None);
        check("Key First Step: Before All", None);
        check("Key Results Were Very Good.", None);
        check("", None);
    }
}
