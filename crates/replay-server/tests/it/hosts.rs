//! The host that a request names, and targets of every form.

use crate::{
    framing::{exchange, status},
    server::Server,
};

#[tokio::test]
async fn a_request_names_exactly_one_host() {
    let server = Server::start().await;
    let path = "/carrier/claims";
    for (request, expected, part) in [
        (format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n"), "401", "error"),
        (format!("GET {path} HTTP/1.0\r\n"), "401", "error"),
        (format!("GET {path} HTTP/1.1\r\n"), "400", "no Host header"),
        (format!("GET {path} HTTP/1.1\r\nhost: a\r\nhost: a\r\n"), "400", "several Host headers"),
        (format!("GET {path} HTTP/1.0\r\nhost: a\r\nhost: b\r\n"), "400", "several Host headers"),
        (format!("GET {path} HTTP/1.1\r\nhost: a b\r\n"), "400", "no host with an optional port"),
        (format!("GET {path} HTTP/1.1\r\nhost: a@b\r\n"), "400", "no host with an optional port"),
        (format!("GET {path} HTTP/1.1\r\nhost: a:99999\r\n"), "400", "no host with an optional port"),
        (format!("GET {path} HTTP/1.1\r\nhost: \u{e9}\r\n"), "400", "no host with an optional port"),
        (format!("GET http://x{path} HTTP/1.1\r\nhost: y\r\n"), "401", "error"),
        (format!("GET http://x{path} HTTP/1.1\r\n"), "400", "no Host header"),
        (format!("GET http://u:p@x{path} HTTP/1.1\r\nhost: x\r\n"), "400", "no URL with a valid host"),
        ("GET http://xapi.lossexpress.com/claims HTTP/1.1\r\nhost: y\r\n".to_owned(), "401", "error"),
        ("OPTIONS * HTTP/1.1\r\nhost: x\r\n".to_owned(), "404", "no API has this path"),
        ("CONNECT a:80 HTTP/1.1\r\nhost: a:80\r\n".to_owned(), "404", "no API has this path"),
        ("HEAD /nothing HTTP/1.1\r\nhost: x\r\n".to_owned(), "404", ""),
        ("OPTIONS /carrier/claims HTTP/1.1\r\nhost: x\r\n".to_owned(), "405", ""),
        ("BREW /%00%ff/../..//;?#? HTTP/1.1\r\nhost: x\r\n".to_owned(), "404", ""),
        ("GET nothing HTTP/1.1\r\nhost: x\r\n".to_owned(), "400", ""),
    ] {
        let response = exchange(&server, format!("{request}connection: close\r\n\r\n").as_bytes()).await;
        assert_eq!(status(&response), expected, "{request}: {response}");
        assert!(response.contains(part), "{request}: {response}");
    }
    server.stop().await;
}
