//! What `OData` brings: keys in parentheses, the `d` envelope, metadata, navigation, pages and filters.

mod day_filter;
mod entity_key;
mod envelope;
mod expand;
mod navigation;
mod page;

pub use day_filter::DayFilter;
pub use entity_key::{EntityKey, EntityPath};
pub use envelope::{Data, ExpandedList, List, Metadata};
pub use expand::Expand;
pub(crate) use expand::Paths;
pub use navigation::Navigation;
pub use page::{Count, PageQuery};
pub(crate) use page::{PageRequest, next_url, page_of};
