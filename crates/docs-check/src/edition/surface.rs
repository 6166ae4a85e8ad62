//! What an edition promises, whoever wrote it down: documents and OpenAPI documents fill the same surface.

use std::collections::{BTreeMap, BTreeSet};

use crate::{NoticeKind, Span};

/// A place in one of the files of an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    /// Place of the file in the edition's list.
    pub(crate) file: usize,
    pub(crate) span: Span,
    /// In a JSON document: where, as a JSON pointer.
    pub(crate) pointer: Option<String>,
}

/// What wrote the surface down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Prose, tables and examples: what is not stated is unknown.
    #[default]
    Documents,
    /// Schemas: what is not stated is free.
    Schemas,
}

/// Place of a [`Node`] in [`Surface::nodes`].
pub(crate) type NodeId = usize;

/// Everything that an edition promises.
#[derive(Debug, Default)]
pub(crate) struct Surface {
    pub(crate) origin: Origin,
    pub(crate) hosts: Vec<Named>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) webhooks: Vec<Webhook>,
    /// Objects and lists of words that stand on their own.
    pub(crate) models: Vec<Model>,
    /// Refusals that any operation can give.
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) credentials: Vec<Named>,
    pub(crate) signatures: Vec<Signature>,
    pub(crate) test_values: Vec<Named>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) dormant: Vec<Dormant>,
    /// Fences that are never closed, though the page goes on after them.
    pub(crate) open_fences: Vec<At>,
}

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) at: At,
}

/// A method and path.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The heading or id that it goes by.
    pub(crate) name: Option<String>,
    /// Scheme and host, where it names its own.
    pub(crate) host: Option<String>,
    /// Its security requirement, as one text.
    pub(crate) security: Option<String>,
    /// The parameters, by where they stand.
    pub(crate) parameters: BTreeMap<&'static str, NodeId>,
    pub(crate) request: Option<NodeId>,
    pub(crate) replies: Vec<Reply>,
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) at: At,
}

/// A success.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// The status, where it is told.
    pub(crate) status: Option<u16>,
    pub(crate) body: Option<NodeId>,
    pub(crate) at: At,
}

/// A documented “no”.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    /// What tells it from others of its status.
    pub(crate) id: Option<String>,
    /// The fixed text that it carries.
    pub(crate) message: Option<String>,
    pub(crate) body: Option<NodeId>,
    pub(crate) at: At,
}

/// What an API sends on its own account.
#[derive(Debug)]
pub(crate) struct Webhook {
    pub(crate) name: String,
    /// Its headers, where they are told one by one.
    pub(crate) headers: Option<NodeId>,
    pub(crate) body: Option<NodeId>,
    pub(crate) at: At,
}

/// An object or list of words that stands on its own.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) node: NodeId,
    /// The ways that it travels, so far as they are told.
    pub(crate) directions: BTreeSet<super::Direction>,
    pub(crate) at: At,
}

/// A remark about what may be used.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    pub(crate) kind: NoticeKind,
    /// What it is about, where that is no operation.
    pub(crate) subject: String,
    pub(crate) at: At,
}

/// How what an API sends is signed.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) header: String,
    /// Algorithm, signed text and encoding, each as it is told.
    pub(crate) parts: [Option<String>; 3],
    pub(crate) at: At,
}

/// A part of a page that is switched off: it stands inside an HTML comment.
#[derive(Clone, Debug)]
pub(crate) struct Dormant {
    /// The keys of what it would promise: see [`Surface::keys`].
    pub(crate) keys: BTreeSet<String>,
    pub(crate) at: At,
}

/// The types of JSON; integers are told from other numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Type {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Type {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        let all =
            [Self::Null, Self::Boolean, Self::Integer, Self::Number, Self::String, Self::Array, Self::Object];
        all.into_iter().find(|known| known.as_str() == name)
    }
}

/// What a value can be.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// The model that it is, where it has a name.
    pub(crate) name: Option<String>,
    /// Empty where it is not told.
    pub(crate) types: BTreeSet<Type>,
    /// Whether only an example shows the types: then numbers are just numbers.
    pub(crate) shown: bool,
    pub(crate) format: Option<String>,
    /// The words or constants that it can be, where they are a closed list.
    pub(crate) words: Option<BTreeMap<String, At>>,
    pub(crate) limits: BTreeMap<&'static str, Bound>,
    pub(crate) pattern: Option<String>,
    pub(crate) fields: BTreeMap<String, Field>,
    /// Whether it says that it leaves out fields.
    pub(crate) leaves_out: bool,
    /// Whether fields that are not listed are forbidden.
    pub(crate) closed: bool,
    pub(crate) items: Option<NodeId>,
    /// The ways that it can look, by what tells them apart.
    pub(crate) alternatives: BTreeMap<String, NodeId>,
    pub(crate) at: At,
}

/// A limit, and on which side of it values lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

/// A member of an object, or a parameter.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) node: NodeId,
    pub(crate) need: Need,
    pub(crate) default: Option<String>,
    /// What it is, for recognising it under another name.
    pub(crate) description: Option<String>,
    pub(crate) deprecated: Option<At>,
    /// Whether a table or schema lists it, and not only an example shows it.
    pub(crate) listed: bool,
    pub(crate) at: At,
}

/// Whether a field must be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Need {
    /// It is not told.
    #[default]
    Unstated,
    /// It may be left out.
    Optional,
    /// It must under a condition.
    Conditional(String),
    /// It must.
    Required,
}

impl Operation {
    /// `GET /boats/{boatId}`.
    pub(crate) fn label(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(crate) fn key(&self) -> String {
        format!("operation {} {}", self.method, crate::described::shape(&self.path))
    }
}

impl Surface {
    pub(crate) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// Adds a node.
    pub(crate) fn add(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// The keys of everything that has a name of its own.
    pub(crate) fn keys(&self) -> BTreeSet<String> {
        let mut keys: BTreeSet<String> = self.operations.iter().map(Operation::key).collect();
        keys.extend(self.webhooks.iter().map(|webhook| format!("webhook {}", plain(&webhook.name))));
        keys.extend(self.models.iter().map(|model| format!("model {}", plain(&model.name))));
        keys.extend(self.hosts.iter().map(|host| format!("host {}", host.name)));
        keys.extend(self.test_values.iter().map(|value| format!("test value {}", value.name)));
        keys.extend(self.credentials.iter().map(|header| format!("credential {}", header.name)));
        keys.extend(self.signatures.iter().map(|signature| format!("signature {}", signature.header)));
        keys.extend(self.refusals.iter().map(|refusal| format!("refusal {}", refusal.status)));
        keys
    }

    /// Whether it promises nothing, switched off parts aside.
    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty()
            && self.webhooks.is_empty()
            && self.models.is_empty()
            && self.refusals.is_empty()
            && self.test_values.is_empty()
    }
}

/// A name without regard to capitals, marks and white space.
pub(crate) fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
