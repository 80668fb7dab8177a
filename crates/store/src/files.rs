//! Attachments, kept by the hash of their content: the same bytes are one file, a name never
//! changes its content, and a changed file shows at once.

use crate::error::{Result, StoreError};
use crate::keys::{random_hex, sha256_hex};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest file taken, in bytes: 50 MiB.
pub const FILE_LIMIT: usize = 50 * 1024 * 1024;

/// The folder of attachments.
#[derive(Debug, Clone)]
pub struct Files {
    root: Arc<PathBuf>,
}

impl Files {
    /// The folder, which is made when the first file comes.
    pub fn new(root: impl Into<PathBuf>) -> Files {
        Files {
            root: Arc::new(root.into()),
        }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the content of this hash lies; `None` when it is no hash.
    pub fn path(&self, hash: &str) -> Option<PathBuf> {
        let digits = hash
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let (head, tail) = hash.split_at_checked(2)?;
        (hash.len() == 64 && digits).then(|| self.root.join(head).join(tail))
    }

    /// Keeps bytes and returns their hash. When it returns they are on the disk; a record that
    /// names the hash is written only afterwards.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<String> {
        let files = self.clone();
        blocking(move || files.put_now(&bytes)).await
    }

    pub(crate) fn put_now(&self, bytes: &[u8]) -> Result<String> {
        if bytes.len() > FILE_LIMIT {
            return Err(StoreError::NotAllowed(vec![office::Reason::at(
                "file",
                "file-too-large",
                format!(
                    "文件有 {} MB，最大 {} MB，请压缩或拆分后再传。",
                    bytes.len() / 1024 / 1024,
                    FILE_LIMIT / 1024 / 1024
                ),
            )]));
        }
        let hash = sha256_hex(bytes);
        let path = self
            .path(&hash)
            .ok_or_else(|| StoreError::Crypto("哈希格式不对".into()))?;
        let folder = path.parent().unwrap_or(&self.root);
        let what = || format!("保存附件 {}", path.display());
        if path.exists() {
            // The same content is there already; a damaged one is not silently taken for good.
            let kept = std::fs::read(&path).map_err(|error| StoreError::io(what(), error))?;
            if sha256_hex(&kept) == hash {
                return Ok(hash);
            }
            return Err(StoreError::inconsistent("files", "hash", hash));
        }
        let made = || -> std::io::Result<()> {
            std::fs::create_dir_all(folder)?;
            let temporary = folder.join(format!(
                ".{}.part",
                random_hex::<8>().map_err(|error| std::io::Error::other(error.to_string()))?
            ));
            let wrote = std::fs::File::create_new(&temporary).and_then(|mut file| {
                file.write_all(bytes)?;
                file.sync_all()
            });
            // A file of the same hash that came meanwhile has the same content.
            if let Err(error) = wrote.and_then(|()| std::fs::rename(&temporary, &path)) {
                let _ = std::fs::remove_file(&temporary);
                return Err(error);
            }
            sync_folder(folder)?;
            sync_folder(&self.root)
        };
        made().map_err(|error| StoreError::io(what(), error))?;
        Ok(hash)
    }

    /// The bytes of a hash. A missing file is [`StoreError::NotFound`]; one whose content does not
    /// fit its hash is [`StoreError::Inconsistent`] and is never handed out.
    pub async fn get(&self, hash: &str) -> Result<Vec<u8>> {
        let files = self.clone();
        let hash = hash.to_string();
        blocking(move || files.get_now(&hash)).await
    }

    pub(crate) fn get_now(&self, hash: &str) -> Result<Vec<u8>> {
        let missing = || StoreError::NotFound {
            noun: "file",
            id: hash.to_string(),
        };
        let path = self.path(hash).ok_or_else(missing)?;
        let bytes = std::fs::read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => missing(),
            _ => StoreError::io(format!("读取附件 {}", path.display()), error),
        })?;
        if sha256_hex(&bytes) != hash {
            return Err(StoreError::inconsistent("files", "hash", hash));
        }
        Ok(bytes)
    }
}

/// A new name in a folder survives a power cut only when the folder itself is written.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// File work away from the threads that serve pages.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| StoreError::io("后台文件操作", std::io::Error::other(error)))?
}
