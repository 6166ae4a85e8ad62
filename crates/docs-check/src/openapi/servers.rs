//! Servers of a draft.

use serde_json::{Map, Value, json};

use super::{Sheet, draft::merge, path};

/// The servers that documents state, each once; where they state none, those that their operations name.
pub(super) fn servers(sheets: &[Sheet<'_>]) -> Vec<Value> {
    let stated = sheets.iter().flat_map(|sheet| {
        sheet.facts.base_urls.iter().map(|base| {
            let mut server = server(&base.url);
            merge(&mut server, "description", base.label.as_str().into());
            merge(&mut server, "x-source", sheet.source(base.span));
            server
        })
    });
    let mut servers: Vec<Value> = stated.collect();
    let stated = !servers.is_empty();
    for sheet in sheets {
        let used = sheet.facts.servers.iter();
        // A host with a name to be filled in stands for those that are stated.
        for used in used.filter(|used| !stated || !used.url.contains(['{', '<'])) {
            let mut server = server(&used.url);
            merge(&mut server, "x-source", sheet.source(used.spans.first().copied().unwrap_or_default()));
            servers.push(server);
        }
    }
    let mut known = Vec::new();
    servers.retain(|server| {
        let url = server.get("url").cloned();
        let fresh = !known.contains(&url);
        known.push(url);
        fresh
    });
    servers
}

/// A server, with a variable for each name between brackets; its default is the name, which a reader replaces.
fn server(url: &str) -> Value {
    let url = path::braced(url);
    let names = path::names(&url).into_iter();
    let variables: Map<String, Value> =
        names.map(|name| (name.to_owned(), json!({"default": name}))).collect();
    let mut server = json!({"url": url});
    merge(&mut server, "variables", Value::Object(variables));
    server
}
