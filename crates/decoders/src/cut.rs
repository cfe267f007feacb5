//! Fields cut from what a fuzzer gives: short input reads as zeros, so that none is wasted.

/// What is left of it.
pub(crate) struct Cut<'a>(&'a [u8]);

impl<'a> Cut<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// So many bytes, zeros where there are no more.
    pub(crate) fn exactly<const N: usize>(&mut self) -> [u8; N] {
        let mut field = [0; N];
        for (to, from) in field.iter_mut().zip(self.0) {
            *to = *from;
        }
        self.0 = self.0.get(N..).unwrap_or_default();
        field
    }

    pub(crate) fn u8(&mut self) -> u8 {
        u8::from_be_bytes(self.exactly())
    }

    pub(crate) fn u16(&mut self) -> u16 {
        u16::from_be_bytes(self.exactly())
    }

    pub(crate) fn u32(&mut self) -> u32 {
        u32::from_be_bytes(self.exactly())
    }

    pub(crate) fn u64(&mut self) -> u64 {
        u64::from_be_bytes(self.exactly())
    }

    /// A number below a bound, which is not zero.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::from(self.u16()) % bound
    }

    /// A field with its length before it, two bytes; what there is of it.
    pub(crate) fn field(&mut self) -> &'a [u8] {
        let length = usize::from(self.u16()).min(self.0.len());
        let (field, rest) = self.0.split_at(length);
        self.0 = rest;
        field
    }

    /// Everything that is left.
    pub(crate) fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Does to bytes what is left says: each three bytes turn bits of one byte. Whether it changed them.
    pub(crate) fn spoil(&mut self, bytes: &mut [u8]) -> bool {
        let before = bytes.to_vec();
        while !self.is_empty() && !bytes.is_empty() {
            let at = self.below(bytes.len());
            let bits = self.u8();
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= bits;
            }
        }
        before != bytes
    }
}
