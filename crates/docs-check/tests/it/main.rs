//! Pages with the findings drawn under their lines, and what holds for any bytes.

mod any_bytes;
mod boats;
mod cases;
mod edition_properties;
mod editions;
mod open_api_editions;
mod second_looks;
