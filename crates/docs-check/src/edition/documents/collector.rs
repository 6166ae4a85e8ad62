//! Collects what the facts of all pages say about each operation, webhook and object.

use std::collections::{BTreeMap, BTreeSet};

use super::{pages::PageRead, payload::Payload};
use crate::{
    Example, Role, Span, Table, TableKind,
    described::shape,
    edition::{
        Direction,
        surface::{At, Model, Named, Notice, Operation, Refusal, Reply, Signature, Surface, Webhook, plain},
    },
};

/// Where a part of an operation's payloads belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Path,
    Query,
    Header,
    Cookie,
    Request,
    Reply,
    Refusal(u16),
}

/// An operation while its parts are collected.
#[derive(Debug)]
struct Collected<'p> {
    operation: Operation,
    parts: BTreeMap<Part, Payload<'p>>,
    statuses: BTreeMap<u16, At>,
    messages: BTreeMap<u16, String>,
}

/// Objects that stand on their own, by heading, while they are collected.
#[derive(Debug)]
struct Standing<'p> {
    name: String,
    payload: Payload<'p>,
    sent: bool,
}

#[derive(Debug, Default)]
struct Collector<'p> {
    surface: Surface,
    operations: Vec<Collected<'p>>,
    places: BTreeMap<String, usize>,
    standing: BTreeMap<String, Standing<'p>>,
    webhook_names: BTreeSet<String>,
}

/// What pages promise together, switched off parts aside.
pub(super) fn surface_of(pages: &[PageRead]) -> Surface {
    let mut collector = Collector::default();
    for (file, page) in pages.iter().enumerate() {
        collector.page(file, page);
    }
    collector.finish()
}

impl<'p> Collector<'p> {
    fn page(&mut self, file: usize, page: &'p PageRead) {
        let facts = &page.facts;
        let places: Vec<usize> =
            facts.operations.iter().map(|declared| self.operation(file, page, declared)).collect();
        // The innermost operation around a place; its place in this collector's list.
        let owner = |span: Span| {
            let found = facts.operation_at(span)?;
            let index = facts.operations.partition_point(|declared| declared.span < found.span);
            places.get(index).copied()
        };
        let owner = &Owner { find: &owner };
        self.hosts(file, page);
        let (tables, examples) = self.webhooks(file, page);
        for (_, table) in facts.tables.iter().enumerate().filter(|(index, _)| !tables.contains(index)) {
            self.table(file, page, table, (owner.find)(table.span));
        }
        for (_, example) in facts.examples.iter().enumerate().filter(|(index, _)| !examples.contains(index)) {
            self.example(file, page, example, (owner.find)(example.span));
        }
        for list in facts.word_lists.iter().filter(|list| list.subject.is_none() && list.part.is_none()) {
            self.standing(page, list.span).payload.lists.push((file, page, list));
        }
        self.statuses(file, page, &places, owner);
        for notice in &facts.notices {
            let (place, of) = (page.at(file, notice.span), (owner.find)(notice.span));
            let mut notice = Notice { kind: notice.kind, subject: heading_of(page, notice.span), at: place };
            if let Some(collected) = of.and_then(|index| self.operations.get_mut(index)) {
                notice.subject.clear();
                collected.operation.notices.push(notice);
            } else {
                self.surface.notices.push(notice);
            }
        }
    }

    /// The place of an operation in the list, with the first place that declares it.
    fn operation(&mut self, file: usize, page: &'p PageRead, declared: &'p crate::Operation) -> usize {
        let key = format!("{} {}", declared.method, shape(&declared.path));
        if let Some(place) = self.places.get(&key) {
            return *place;
        }
        let operation = Operation {
            method: declared.method.clone(),
            path: declared.path.clone(),
            name: declared.heading.clone(),
            host: declared.server.clone(),
            security: None,
            parameters: BTreeMap::new(),
            request: None,
            replies: Vec::new(),
            refusals: Vec::new(),
            notices: Vec::new(),
            at: page.at(file, declared.span),
        };
        let mut parts: BTreeMap<Part, Payload<'_>> = BTreeMap::new();
        if !declared.query.is_empty() {
            let names = declared.query.iter().map(|word| (file, page, word));
            parts.entry(Part::Query).or_default().names.extend(names);
        }
        self.operations.push(Collected {
            operation,
            parts,
            statuses: BTreeMap::new(),
            messages: BTreeMap::new(),
        });
        self.places.insert(key, self.operations.len() - 1);
        self.operations.len() - 1
    }

    fn hosts(&mut self, file: usize, page: &PageRead) {
        let facts = &page.facts;
        let named = |name: &str, span: Span| Named {
            name: name.trim_end_matches('/').to_owned(),
            at: page.at(file, span),
        };
        let surface = &mut self.surface;
        for server in &facts.servers {
            surface.hosts.extend(server.spans.first().map(|span| named(&server.url, *span)));
        }
        surface.hosts.extend(facts.base_urls.iter().map(|base| named(&base.url, base.span)));
        let tested = facts.test_values.iter();
        surface.test_values.extend(tested.map(|value| named(&value.value.text, value.value.span)));
        surface.credentials.extend(facts.credentials.iter().map(|credential| {
            let scheme = credential.scheme.as_ref().map(|scheme| format!(": {scheme}")).unwrap_or_default();
            named(&format!("{}{scheme}", credential.name), credential.span)
        }));
        surface.signatures.extend(facts.signatures.iter().map(|signature| {
            let text = |word: &Option<crate::Word>| word.as_ref().map(|word| word.text.to_string());
            Signature {
                header: signature.header.text.to_string(),
                parts: [text(&signature.algorithm), text(&signature.signed_text), text(&signature.encoding)],
                at: page.at(file, signature.span),
            }
        }));
    }

    /// Webhooks, and the places of the tables and examples that are theirs.
    fn webhooks(&mut self, file: usize, page: &'p PageRead) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let facts = &page.facts;
        let (mut tables, mut examples) = (BTreeSet::new(), BTreeSet::new());
        for webhook in &facts.webhooks {
            let mut payload = Payload::default();
            if let Some((index, table)) =
                webhook.table.and_then(|index| Some((index, facts.tables.get(index)?)))
            {
                tables.insert(index);
                payload.tables.push((file, page, table));
            }
            let example = webhook.example.and_then(|index| Some((index, facts.examples.get(index)?)));
            if let Some((index, example)) = example {
                examples.insert(index);
                payload.examples.push((file, page, example));
            }
            payload.guaranteed.extend(webhook.guaranteed.iter().map(|word| (file, page, word)));
            let body = payload.write(&mut self.surface);
            if self.webhook_names.insert(plain(&webhook.name)) {
                let place = page.at(file, webhook.span);
                self.surface.webhooks.push(Webhook {
                    name: webhook.name.clone(),
                    headers: None,
                    body,
                    at: place,
                });
            }
        }
        (tables, examples)
    }

    fn table(&mut self, file: usize, page: &'p PageRead, table: &'p Table, owner: Option<usize>) {
        let entry = (file, page, table);
        let Some(collected) = owner.and_then(|index| self.operations.get_mut(index)) else {
            let standing = self.standing(page, table.span);
            standing.payload.tables.push(entry);
            standing.sent |= table.kind != TableKind::Object;
            return;
        };
        let part = match table.kind {
            TableKind::Path => Part::Path,
            TableKind::Query => Part::Query,
            TableKind::Header => Part::Header,
            TableKind::Cookie => Part::Cookie,
            TableKind::Body => Part::Request,
            TableKind::Object => Part::Reply,
        };
        collected.parts.entry(part).or_default().tables.push(entry);
    }

    fn example(&mut self, file: usize, page: &'p PageRead, example: &'p Example, owner: Option<usize>) {
        let entry = (file, page, example);
        let Some(collected) = owner.and_then(|index| self.operations.get_mut(index)) else {
            if example.role != Role::Refusal {
                self.standing(page, example.span).payload.examples.push(entry);
            }
            return;
        };
        let part = match (example.role, example.status) {
            (Role::Request, _) => Part::Request,
            (Role::Reply | Role::Object, _) => Part::Reply,
            (Role::Refusal, Some(status)) => Part::Refusal(status),
            (Role::Refusal, None) => return,
        };
        if let Some(status) = example.status {
            let caption =
                example.caption.as_ref().filter(|caption| caption.text.contains(&status.to_string()));
            let told = caption.map_or(example.span, |caption| caption.span);
            collected.statuses.entry(status).or_insert_with(|| page.at(file, told));
            let message = example.value.as_ref().and_then(|value| value.get("message")?.as_str());
            if let Some(message) = message.filter(|_| example.role == Role::Refusal) {
                collected.messages.entry(status).or_insert_with(|| message.to_owned());
            }
        }
        collected.parts.entry(part).or_default().examples.push(entry);
    }

    fn statuses(&mut self, file: usize, page: &PageRead, places: &[usize], owner: &Owner<'_>) {
        let facts = &page.facts;
        let lines = facts.statuses.iter().map(|status| (status.code, status.span, (owner.find)(status.span)));
        let codes = facts.error_codes.iter().map(|code| (code.status, code.span, (owner.find)(code.span)));
        let replies = facts.replies.iter().map(|reply| {
            let of = reply.operation.and_then(|index| places.get(index).copied());
            (reply.status, reply.span, of)
        });
        for (status, span, of) in lines.chain(codes).chain(replies) {
            let place = page.at(file, span);
            match of.and_then(|index| self.operations.get_mut(index)) {
                Some(collected) => {
                    collected.statuses.entry(status).or_insert(place);
                }
                None if status >= 400
                    && !self.surface.refusals.iter().any(|known| known.status == status) =>
                {
                    let refusal = Refusal { status, id: None, message: None, body: None, at: place };
                    self.surface.refusals.push(refusal);
                }
                None => {}
            }
        }
    }

    /// What stands under the heading around a place.
    fn standing(&mut self, page: &PageRead, span: Span) -> &mut Standing<'p> {
        let name = heading_of(page, span);
        let standing = Standing { name: name.clone(), payload: Payload::default(), sent: false };
        self.standing.entry(plain(&name)).or_insert(standing)
    }

    fn finish(mut self) -> Surface {
        let surface = &mut self.surface;
        // Which objects and lists the types of sent and received fields name.
        let mut named: BTreeMap<String, BTreeSet<Direction>> = BTreeMap::new();
        let mut mention = |payload: &Payload<'_>, direction: Direction| {
            for word in payload.type_words() {
                named.entry(word).or_default().insert(direction);
            }
        };
        for collected in self.operations {
            let mut operation = collected.operation;
            let mut body = None;
            for (part, payload) in collected.parts {
                let sent =
                    matches!(part, Part::Path | Part::Query | Part::Header | Part::Cookie | Part::Request);
                mention(&payload, if sent { Direction::Sent } else { Direction::Received });
                let Some(node) = payload.write(surface) else { continue };
                match part {
                    Part::Path => drop(operation.parameters.insert("path", node)),
                    Part::Query => drop(operation.parameters.insert("query", node)),
                    Part::Header => drop(operation.parameters.insert("header", node)),
                    Part::Cookie => drop(operation.parameters.insert("cookie", node)),
                    Part::Request => operation.request = Some(node),
                    Part::Reply => body = Some(node),
                    Part::Refusal(status) => operation.refusals.push(Refusal {
                        status,
                        id: None,
                        message: collected.messages.get(&status).cloned(),
                        body: Some(node),
                        at: collected.statuses.get(&status).cloned().unwrap_or_default(),
                    }),
                }
            }
            for (status, place) in collected.statuses {
                if status < 400 {
                    // The body belongs to the first success.
                    let reply = Reply { status: Some(status), body: body.take(), at: place };
                    operation.replies.push(reply);
                } else if !operation.refusals.iter().any(|known| known.status == status) {
                    let refusal = Refusal { status, id: None, message: None, body: None, at: place };
                    operation.refusals.push(refusal);
                }
            }
            if let Some(node) = body {
                let place = surface.node(node).map_or_else(At::default, |node| node.at.clone());
                operation.replies.push(Reply { status: None, body: Some(node), at: place });
            }
            surface.operations.push(operation);
        }
        models(surface, self.standing, &named);
        self.surface
    }
}

/// Finds the operation around a place.
struct Owner<'o> {
    find: &'o dyn Fn(Span) -> Option<usize>,
}

fn models(
    surface: &mut Surface,
    standing: BTreeMap<String, Standing<'_>>,
    named: &BTreeMap<String, BTreeSet<Direction>>,
) {
    for (key, standing) in standing {
        let is_list = standing.payload.tables.is_empty() && standing.payload.examples.is_empty();
        let Some(node) = standing.payload.write(surface) else { continue };
        let directions = named.get(&key).cloned().unwrap_or_else(|| match (is_list, standing.sent) {
            // Nobody says which way the words of a list travel: each way counts.
            (true, _) => BTreeSet::from([Direction::Sent, Direction::Received]),
            (false, true) => BTreeSet::from([Direction::Sent]),
            (false, false) => BTreeSet::from([Direction::Received]),
        });
        let place = surface.node(node).map_or_else(At::default, |node| node.at.clone());
        surface.models.push(Model { name: standing.name, node, directions, at: place });
    }
}

fn heading_of(page: &PageRead, span: Span) -> String {
    page.facts.subject_at(span).map_or_else(String::new, |heading| heading.title.clone())
}
