//! Keys, sealing and chance: AES-256-GCM under a master key that lives beside the database, never
//! in it; a data key for each applicant, so that destroying the key destroys the data.

use crate::error::{Result, StoreError};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use office::people::PASSWORD_LIMIT;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// First byte of everything sealed: AES-256-GCM, 12-byte nonce, 16-byte tag at the end.
const SEALED_V1: u8 = 1;
const NONCE: usize = 12;
/// A password takes 19 MiB and two passes (OWASP's first choice for Argon2id), one lane.
const ARGON2_KIB: u32 = 19 * 1024;
const ARGON2_PASSES: u32 = 2;
/// At most so many passwords are hashed at once, so that a flood of sign-ins cannot take all
/// memory and both cores of a small machine.
const HASHES_AT_ONCE: usize = 2;

/// Where the master key comes from.
#[derive(Debug, Clone)]
pub enum KeySource {
    /// A file with 64 hexadecimal digits, made with the database and readable by its owner only.
    File(PathBuf),
    /// Given bytes.
    Bytes([u8; 32]),
}

/// The master key and what is derived from it.
#[derive(Clone)]
pub struct Keys(Arc<Inner>);

struct Inner {
    master: [u8; 32],
    hashing: Semaphore,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// The key of one applicant's data.
pub struct DataKey([u8; 32]);

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(…)")
    }
}

/// What sealed bytes are bound to: the site, the room and the record. Bytes moved to another
/// record do not open.
pub fn bound_to(site: &str, noun: &str, record: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(site.len() + noun.len() + record.len() + 24);
    for part in [site, noun, record] {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

impl Keys {
    /// Keys under given bytes.
    pub fn from_bytes(master: [u8; 32]) -> Keys {
        Keys(Arc::new(Inner {
            master,
            hashing: Semaphore::new(HASHES_AT_ONCE),
        }))
    }

    /// Reads the master key; with `create` a missing file is made with new random bytes.
    pub fn load(source: &KeySource, create: bool) -> Result<Keys> {
        match source {
            KeySource::Bytes(bytes) => Ok(Keys::from_bytes(*bytes)),
            KeySource::File(path) => match std::fs::read_to_string(path) {
                Ok(text) => from_hex(text.trim()).map(Keys::from_bytes).ok_or_else(|| {
                    StoreError::Crypto(format!(
                        "密钥文件 {} 的内容不是 64 位十六进制数，请从密钥备份恢复",
                        path.display()
                    ))
                }),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound && create => {
                    let master = random()?;
                    write_secret(path, &hex(&master))?;
                    Ok(Keys::from_bytes(master))
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    Err(StoreError::Crypto(format!(
                        "没有找到密钥文件 {}。没有它就不能打开申请人信息，请从密钥备份恢复",
                        path.display()
                    )))
                }
                Err(error) => Err(StoreError::io(
                    format!("读取密钥 {}", path.display()),
                    error,
                )),
            },
        }
    }

    /// A mark by which the master key is known again; not a secret.
    pub(crate) fn mark(&self) -> String {
        self.keyed_hash("key-check", "").chars().take(16).collect()
    }

    /// The master key as it stands in its file; for the backup only.
    pub(crate) fn master_hex(&self) -> String {
        hex(&self.0.master)
    }

    /// Seals under the master key.
    pub fn seal(&self, bound: &[u8], bytes: &[u8]) -> Result<Vec<u8>> {
        seal(&self.0.master, bound, bytes)
    }

    /// Opens what [`Keys::seal`] sealed.
    pub fn open(&self, bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        open(&self.0.master, bound, sealed)
    }

    /// A new data key, with its form wrapped under the master key for the database.
    pub fn new_data_key(&self, bound: &[u8]) -> Result<(DataKey, Vec<u8>)> {
        let key = random()?;
        let wrapped = self.seal(bound, &key)?;
        Ok((DataKey(key), wrapped))
    }

    /// The data key out of its wrapped form.
    pub fn data_key(&self, bound: &[u8], wrapped: &[u8]) -> Result<DataKey> {
        let bytes = self.open(bound, wrapped)?;
        let key = <[u8; 32]>::try_from(bytes.as_slice())
            .map_err(|_| StoreError::Crypto("数据密钥长度不对，请核对备份".into()))?;
        Ok(DataKey(key))
    }

    /// A keyed hash as hexadecimal digits: the same text gives the same hash, and nobody without
    /// the key can find the text by trying (network addresses, tracking codes). `label` keeps
    /// purposes apart.
    pub fn keyed_hash(&self, label: &str, text: &str) -> String {
        let mut inner = Sha256::new();
        inner.update(self.0.master);
        inner.update((label.len() as u64).to_be_bytes());
        inner.update(label.as_bytes());
        inner.update(text.as_bytes());
        let mut outer = Sha256::new();
        outer.update(self.0.master);
        outer.update(inner.finalize());
        hex(&outer.finalize())
    }

    /// Hashes a password for the database (Argon2id, PHC string). At most two run at once.
    pub async fn hash_password(&self, password: &str) -> Result<String> {
        let _turn = self.turn().await?;
        if password.len() > PASSWORD_LIMIT {
            return Err(StoreError::Crypto("密码过长".into()));
        }
        let password = password.to_string();
        blocking(move || {
            let hash = hasher()?.hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string())
                .map_err(|error| StoreError::Crypto(error.to_string()))
        })
        .await
    }

    /// Whether the password is the one that was hashed. Without a hash (an unknown account) the
    /// same work is done, so that the time does not tell which accounts exist.
    pub async fn verify_password(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let _turn = self.turn().await?;
        if password.len() > PASSWORD_LIMIT {
            return Ok(false);
        }
        let password = password.to_string();
        let hash = hash.map(str::to_string);
        blocking(move || {
            let hasher = hasher()?;
            let Some(hash) = hash else {
                let _same_work = hasher.hash_password(password.as_bytes());
                return Ok(false);
            };
            let parsed = PasswordHash::new(&hash)
                .map_err(|_| StoreError::inconsistent("person", "password", ""))?;
            Ok(hasher.verify_password(password.as_bytes(), &parsed).is_ok())
        })
        .await
    }

    async fn turn(&self) -> Result<tokio::sync::SemaphorePermit<'_>> {
        self.0
            .hashing
            .acquire()
            .await
            .map_err(|error| StoreError::Crypto(error.to_string()))
    }
}

impl DataKey {
    /// Seals under this key.
    pub fn seal(&self, bound: &[u8], bytes: &[u8]) -> Result<Vec<u8>> {
        seal(&self.0, bound, bytes)
    }

    /// Opens what [`DataKey::seal`] sealed.
    pub fn open(&self, bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        open(&self.0, bound, sealed)
    }
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(ARGON2_KIB, ARGON2_PASSES, 1, None)
        .map_err(|error| StoreError::Crypto(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| StoreError::Crypto(format!("后台计算中断：{error}")))?
}

fn seal(key: &[u8; 32], bound: &[u8], bytes: &[u8]) -> Result<Vec<u8>> {
    let nonce: [u8; NONCE] = random()?;
    let cipher = Aes256Gcm::new(&(*key).into());
    let body = cipher
        .encrypt(
            &Nonce::from(nonce),
            Payload {
                msg: bytes,
                aad: bound,
            },
        )
        .map_err(|_| StoreError::Crypto("加密失败，内容过长".into()))?;
    let mut sealed = Vec::with_capacity(1 + NONCE + body.len());
    sealed.push(SEALED_V1);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&body);
    Ok(sealed)
}

fn open(key: &[u8; 32], bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
    let parts = sealed.split_first().and_then(|(version, rest)| {
        let (nonce, body) = rest.split_first_chunk::<NONCE>()?;
        (*version == SEALED_V1).then_some((*nonce, body))
    });
    let Some((nonce, body)) = parts else {
        return Err(StoreError::Crypto(
            "密文格式不认识，可能被截断或由新版本写入".into(),
        ));
    };
    Aes256Gcm::new(&(*key).into())
        .decrypt(
            &Nonce::from(nonce),
            Payload {
                msg: body,
                aad: bound,
            },
        )
        .map_err(|_| StoreError::Crypto("密钥不对或密文被改动，请核对密钥文件和备份".into()))
}

/// A short name for a text: 20 hexadecimal digits of its hash, for ids made from a form's own key.
pub fn short_digest(text: &str) -> String {
    let mut digest = sha256_hex(text.as_bytes());
    digest.truncate(20);
    digest
}

/// Random bytes of the operating system.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| StoreError::Crypto(format!("系统随机数不可用：{error}")))?;
    Ok(bytes)
}

/// Random bytes as hexadecimal digits.
pub fn random_hex<const N: usize>() -> Result<String> {
    Ok(hex(&random::<N>()?))
}

/// Crockford's base 32: no I, L, O, U, so that a code can be read out and typed.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A random code of `groups` groups of four, `7K2M-Q9XD-…`; 20 bits a group.
pub fn random_code(groups: usize) -> Result<String> {
    let mut code = String::with_capacity(groups * 5);
    for group in 0..groups {
        if group > 0 {
            code.push('-');
        }
        for byte in random::<4>()? {
            code.push(char::from(
                CROCKFORD
                    .get(usize::from(byte & 31))
                    .copied()
                    .unwrap_or(b'0'),
            ));
        }
    }
    Ok(code)
}

/// A typed code as it was given out: spaces and dashes put right, lower case and the letters that
/// look like digits accepted.
pub fn tidy_code(typed: &str) -> String {
    let letters: Vec<char> = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// SHA-256 as 64 lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Whether two secrets are equal, in a time that does not tell where they differ.
pub fn same_secret(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |diff, (x, y)| diff | (x ^ y)) == 0
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    text
}

/// The bytes of hexadecimal digits.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    let bytes = digits
        .chunks_exact(2)
        .map(|pair| pair.iter().fold(0, |sum, half| sum * 16 + half));
    bytes.map(|byte| u8::try_from(byte).ok()).collect()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    unhex(text)?.try_into().ok()
}

/// Writes a secret that only its owner can read; never over an existing file.
pub(crate) fn write_secret(path: &Path, text: &str) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let wrote = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()
    });
    wrote.map_err(|error| StoreError::io(format!("写入密钥 {}", path.display()), error))
}
