//! Serving the portal: what `demo` and `serve` share.

use crate::failure::Failure;
use crate::runtime;
use std::net::{IpAddr, SocketAddr};
use store::Store;
use tokio::net::TcpListener;

/// How the portal is served.
#[derive(Debug, Clone)]
pub struct Serving {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Whether public pages are kept.
    pub page_cache: bool,
    /// Whether cookies go over HTTPS only.
    pub secure_cookies: bool,
    /// Proxies whose word on the visitor's address counts.
    pub trusted_proxies: Vec<IpAddr>,
}

/// Takes the port before anything costly is done.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "已被别的程序占用。请先停掉它，或用 --listen 换一个端口".to_owned()
            }
            std::io::ErrorKind::PermissionDenied => {
                "没有权限使用这个端口（1024 以下需要特权）。请用 --listen 换一个端口".to_owned()
            }
            std::io::ErrorKind::AddrNotAvailable => {
                "本机没有这个地址。请用 --listen 写本机的地址".to_owned()
            }
            _ => error.to_string(),
        };
        Failure::failed(format!("不能在 {address} 监听：{why}。"))
    })
}

/// Serves until the operator asks to stop, then closes the records.
pub async fn serve(store: Store, serving: Serving, listener: TcpListener) -> Result<(), Failure> {
    let options = portal::Options {
        page_cache: serving.page_cache,
        secure_cookies: serving.secure_cookies,
        trusted_proxies: serving.trusted_proxies,
        pdf_child: std::env::current_exe().ok(),
    };
    let db = store.db.clone();
    let asked = async {
        runtime::asked_to_stop().await;
    };
    let served = portal::serve(store, options, listener, asked).await;
    db.close().await;
    served.map_err(|error| Failure::failed(format!("网站停止运行：{error}。")))
}
