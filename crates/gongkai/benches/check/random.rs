//! Pseudo-random numbers (splitmix64): the same seed gives the same report on every machine.

pub struct Random(u64);

impl Random {
    pub fn of(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most.saturating_sub(least) + 1)
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.next() % of.len() as u64).unwrap()]
    }

    /// Parts that are at least 1 and add up to `total`.
    pub fn split(&mut self, total: u64, parts: u64) -> Vec<u64> {
        let mut left = total;
        let mut out = Vec::new();
        for more in (0..parts).rev() {
            let part = if more == 0 {
                left
            } else {
                self.between(1, (left - more).max(1).min(left * 2 / (more + 1)).max(1))
            };
            left -= part;
            out.push(part);
        }
        out
    }
}
