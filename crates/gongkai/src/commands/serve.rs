//! `gongkai serve`: a real deployment.

use crate::cli::{self, LISTEN};
use crate::failure::Failure;
use crate::output;
use crate::place::Named;
use crate::runtime;
use crate::serving::{Serving, listen, serve};

/// Serves until asked to stop; prints the address once it listens.
pub fn run(args: &cli::Serve) -> Result<(), Failure> {
    runtime::log("info");
    let named = args.place.named()?;
    let serving = plan(&named, args)?;
    runtime::serve(async {
        let listener = listen(serving.listen).await?;
        let store = named.open().await?;
        let address = listener.local_addr().unwrap_or(serving.listen);
        output::print(&format!("http://{address}/\n"))?;
        serve(store, serving, listener).await
    })
}

fn plan(named: &Named, args: &cli::Serve) -> Result<Serving, Failure> {
    let page_cache = !args.no_page_cache;
    Ok(match named {
        Named::Config(config) => Serving {
            listen: args.listen.unwrap_or(config.listen),
            page_cache: page_cache && config.page_cache,
            secure_cookies: config.secure_cookies,
            trusted_proxies: config.trusted_proxies.clone(),
        },
        // A data folder without a configuration is served on this machine, without HTTPS.
        Named::Data(_) => Serving {
            listen: match args.listen {
                Some(listen) => listen,
                None => LISTEN
                    .parse()
                    .map_err(|_| Failure::failed("默认监听地址不可用，请用 --listen 写明。"))?,
            },
            page_cache,
            secure_cookies: false,
            trusted_proxies: Vec::new(),
        },
    })
}
