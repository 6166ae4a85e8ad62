//! A page with the contract that it was generated from: what each of its tables and examples describes.

use std::collections::BTreeMap;

use estoppel_contract::{Checker, Contract, Model, Operation, WebhookDeclaration};
use estoppel_docs_check::Span;
use serde_json::Value;

use crate::{
    example::{self, Lines},
    page::{Block, BlockKind, Grid, Page, Row},
    schema::Schema,
};

/// What a section describes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject<'c> {
    Operation(&'c Operation),
    Webhook(&'c WebhookDeclaration),
    Model(&'c Model),
    /// A closed list of words.
    Words,
    Other,
}

/// Which fields a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fields {
    Path,
    Query,
    Body,
    Object,
}

/// A table of fields.
#[derive(Clone, Debug)]
pub(crate) struct FieldTable<'c> {
    pub(crate) fields: Fields,
    pub(crate) schema: Schema<'c>,
    pub(crate) grid: Grid,
    pub(crate) section: usize,
}

/// What an example shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shows {
    Request,
    Reply,
    Refusal,
    Object,
}

/// A JSON example with its schema.
#[derive(Clone, Debug)]
pub(crate) struct Shown<'c> {
    pub(crate) shows: Shows,
    pub(crate) schema: Schema<'c>,
    pub(crate) lines: Lines,
    pub(crate) value: Value,
    pub(crate) caption: Span,
    /// The fences and what is between them.
    pub(crate) block: Span,
    pub(crate) contents: Span,
}

/// A generated page, read together with its contract.
#[derive(Debug)]
pub struct Reference<'c> {
    pub(crate) contract: &'c Contract,
    pub(crate) page: Page,
    pub(crate) subjects: Vec<Subject<'c>>,
    pub(crate) tables: Vec<FieldTable<'c>>,
    pub(crate) examples: Vec<Shown<'c>>,
    /// The checkers of the schemas of examples, by the schema's text.
    checkers: BTreeMap<String, Checker>,
}

impl<'c> Reference<'c> {
    /// Reads a page that was generated from this contract.
    pub fn new(contract: &'c Contract, text: &str) -> Self {
        let page = Page::new(text);
        let subjects = (0..page.sections.len()).map(|section| subject(contract, &page, section)).collect();
        let mut reference = Self {
            contract,
            page,
            subjects,
            tables: Vec::new(),
            examples: Vec::new(),
            checkers: BTreeMap::new(),
        };
        reference.tables =
            reference.page.blocks.iter().filter_map(|block| reference.field_table(block)).collect();
        let blocks = &reference.page.blocks;
        let pairs = blocks.iter().zip(blocks.iter().skip(1));
        reference.examples = pairs.filter_map(|(caption, code)| reference.shown(caption, code)).collect();
        for shown in &reference.examples {
            let key = shown.schema.value().to_string();
            if !reference.checkers.contains_key(&key)
                && let Ok(checker) = contract.checker(shown.schema.value())
            {
                reference.checkers.insert(key, checker);
            }
        }
        reference
    }

    /// How many tables of fields and examples it has; a page without any is no generated page.
    pub fn size(&self) -> (usize, usize) {
        (self.tables.len(), self.examples.len())
    }

    pub(crate) fn subject(&self, section: usize) -> Subject<'c> {
        self.subjects.get(section).copied().unwrap_or(Subject::Other)
    }

    /// The operation that a section describes.
    pub(crate) fn operation(&self, section: usize) -> Option<&'c Operation> {
        match self.subject(section) {
            Subject::Operation(operation) => Some(operation),
            _ => None,
        }
    }

    /// The section of the second level around a section, which is one subject.
    pub(crate) fn whole(&self, section: usize) -> Span {
        let sections = &self.page.sections;
        let Some(own) = sections.get(section) else { return Span::default() };
        let around = own.around.filter(|_| own.level > 2).and_then(|around| sections.get(around));
        around.unwrap_or(own).span
    }

    /// Where method and URL of the operation of a section stand, without the marks around them.
    pub(crate) fn call(&self, section: usize) -> Option<Span> {
        let whole = self.whole(section);
        let line = self.page.blocks.iter().find(|block| {
            let text = self.page.slice(block.span);
            whole.contains(block.span) && matches!(block.kind, BlockKind::Prose) && is_call(text)
        })?;
        Some(Span::new(line.span.start + 1, line.span.end - 1))
    }

    /// The sections that describe an operation, one of each.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (usize, &'c Operation)> {
        let sections = self.page.sections.iter().enumerate();
        sections
            .filter(|(_, section)| section.level == 2)
            .filter_map(|(index, _)| Some((index, self.operation(index)?)))
    }

    /// The rows of all tables of fields.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&FieldTable<'c>, &Row)> {
        self.tables.iter().flat_map(|table| table.grid.rows.iter().map(move |row| (table, row)))
    }

    /// The tables whose first column has this heading.
    pub(crate) fn grids<'s>(&'s self, first: &'s str) -> impl Iterator<Item = (&'s Block, &'s Grid)> {
        self.page.blocks.iter().filter_map(move |block| match &block.kind {
            BlockKind::Table(grid) => {
                let heading = self.page.slice(*grid.header.first()?);
                heading.starts_with(first).then_some((block, grid))
            }
            _ => None,
        })
    }

    /// Whether the contract takes a value where an example stands.
    pub(crate) fn accepts(&self, shown: &Shown<'_>, value: &Value) -> bool {
        let checker = self.checkers.get(&shown.schema.value().to_string());
        checker.is_some_and(|checker| checker.check(value).is_empty())
    }

    fn field_table(&self, block: &Block) -> Option<FieldTable<'c>> {
        let BlockKind::Table(grid) = &block.kind else { return None };
        let contract = self.contract;
        let title = self.page.slice(self.page.sections.get(block.section)?.title);
        let first = self.page.slice(*grid.header.first()?);
        let (fields, schema) = match (self.subject(block.section), first) {
            (Subject::Operation(operation), "Parameter") if title.starts_with("URL") => {
                (Fields::Path, &operation.path_parameters)
            }
            (Subject::Operation(operation), "Parameter") => (Fields::Query, &operation.query),
            (Subject::Operation(operation), "Body Parameter") => (Fields::Body, operation.body.as_ref()?),
            (Subject::Operation(operation), "Key") => (Fields::Object, operation.reply.as_ref()?),
            (Subject::Webhook(webhook), "Key") => (Fields::Object, &webhook.payload),
            (Subject::Model(model), "Key") => (Fields::Object, &model.schema),
            _ => return None,
        };
        let schema = Schema::new(contract, schema);
        Some(FieldTable { fields, schema, grid: grid.clone(), section: block.section })
    }

    fn shown(&self, caption: &Block, code: &Block) -> Option<Shown<'c>> {
        let (BlockKind::Caption, BlockKind::Code { language, contents }) = (&caption.kind, &code.kind) else {
            return None;
        };
        let told = self.page.slice(caption.span).trim_start_matches("> ").trim_end_matches(':');
        let operation = self.operation(code.section);
        let model = |name: &str| self.contract.model(name).map(|model| &model.schema);
        let (shows, schema) = if told.starts_with("Example request") {
            (Shows::Request, operation?.body.as_ref()?)
        } else if told.starts_with("Example reply") {
            (Shows::Reply, operation?.reply.as_ref()?)
        } else if told.starts_with("Example refusal") {
            (Shows::Refusal, model(self.contract.service.error_model)?)
        } else {
            let name = told.strip_prefix("Example of ")?;
            (Shows::Object, model(name).or_else(|| self.tagged(name))?)
        };
        Some(Shown {
            shows,
            schema: Schema::new(self.contract, schema),
            lines: example::read(&self.page, *contents)?,
            value: serde_json::from_str(self.page.slice(*contents)).ok().filter(|_| language == "json")?,
            caption: caption.span,
            block: code.span,
            contents: *contents,
        })
    }

    /// The model that has this word as the constant of a member.
    fn tagged(&self, word: &str) -> Option<&'c Value> {
        let carries = |schema: &Value| {
            let members = schema.get("properties").and_then(Value::as_object);
            members.is_some_and(|members| {
                members.values().any(|member| member.get("const").is_some_and(|constant| constant == word))
            })
        };
        self.contract.models.iter().map(|model| &model.schema).find(|schema| carries(schema))
    }
}

/// Whether a paragraph is a method and a URL and nothing else.
fn is_call(text: &str) -> bool {
    let inside = text.strip_prefix('`').and_then(|text| text.strip_suffix('`')).unwrap_or_default();
    let mut words = inside.split(' ');
    let method = words.next().is_some_and(|word| !word.is_empty() && word.chars().all(char::is_uppercase));
    method && words.next().is_some_and(|url| url.contains("://")) && words.next().is_none()
}

fn subject<'c>(contract: &'c Contract, page: &Page, index: usize) -> Subject<'c> {
    let Some(section) = page.sections.get(index) else { return Subject::Other };
    let around = section.around.and_then(|around| page.sections.get(around));
    match section.level {
        0 | 1 => Subject::Other,
        2 => {
            let title = page.slice(section.title);
            let part = around.map_or("", |around| page.slice(around.title));
            let model = contract.model(title);
            match (part, model) {
                ("Objects", Some(model)) => Subject::Model(model),
                ("Vocabularies", Some(_)) => Subject::Words,
                _ => declared(contract, page, section.span),
            }
        }
        _ => section.around.map_or(Subject::Other, |around| subject(contract, page, around)),
    }
}

/// The operation or webhook whose id a sentence of the section states.
fn declared<'c>(contract: &'c Contract, page: &Page, section: Span) -> Subject<'c> {
    let inside = page.blocks.iter().filter(|block| section.contains(block.span));
    let found = inside.filter(|block| matches!(block.kind, BlockKind::Prose)).find_map(|block| {
        let (kind, rest) = page.slice(block.span).split_once(" `")?;
        let id = rest.split('`').next()?;
        match kind {
            "Operation" => contract.operation(id).map(Subject::Operation),
            "Webhook" => contract.webhook(id).map(Subject::Webhook),
            _ => None,
        }
    });
    found.unwrap_or(Subject::Other)
}
