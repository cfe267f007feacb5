//! Her decision what one recipient may open, for what, until when; and her taking it back.

use crate::{
    Hash, Refusal,
    compartment::Kind,
    form::{Form, Reader},
    id::{CaseId, TeamId},
    sign::{self, Signer},
    words::Language,
};

/// Bytes of the form: every consent has the same.
pub const CONSENT_BYTES: usize = 113;

/// Declares a closed list of numbered choices.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $choice:ident = $number:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$each])* $choice = $number,)* }

        impl $name {
            /// Every choice, in the order of the numbers.
            pub const ALL: &'static [Self] = &[$(Self::$choice),*];

            /// Its number.
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// The choice of a number.
            ///
            /// # Errors
            /// [`Refusal::FormBroken`] for a number that is none.
            pub fn of_number(number: u8) -> Result<Self, Refusal> {
                let mut all = Self::ALL.iter().copied();
                all.find(|choice| choice.number() == number).ok_or(Refusal::FormBroken)
            }
        }
    };
}

choices! {
    /// What something may be used for; the number is its bit.
    Purpose {
        /// To help her.
        Services = 0,
        /// To pass her on to somebody who helps.
        Referral = 1,
        /// To count.
        Figures = 2,
        /// A complaint with the police.
        Police = 3,
        /// Proceedings.
        Court = 4,
        /// Research.
        Research = 5,
        /// To find others harmed by the same person.
        Matching = 6,
    }
}

choices! {
    /// Who decided.
    GivenBy {
        /// She herself.
        Herself = 0,
        /// She herself, with somebody's support.
        WithSupport = 1,
        /// A guardian.
        Guardian = 2,
        /// Nobody: the law demands it.
        DutyOfLaw = 3,
    }
}

choices! {
    /// How it was said.
    Channel {
        /// On a page.
        InWriting = 0,
        /// By telephone.
        ByVoice = 1,
        /// Face to face.
        InPerson = 2,
    }
}

/// A set of compartments; bit `kind - 1` in its form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compartments(u16);

impl Compartments {
    /// Whether a kind is in it.
    pub const fn has(self, kind: Kind) -> bool {
        self.0 >> (kind.number() - 1) & 1 == 1
    }
}

impl FromIterator<Kind> for Compartments {
    fn from_iter<T: IntoIterator<Item = Kind>>(kinds: T) -> Self {
        Self(kinds.into_iter().fold(0, |bits, kind| bits | 1 << (kind.number() - 1)))
    }
}

/// A set of purposes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purposes(u16);

impl Purposes {
    /// Whether a purpose is in it.
    pub const fn has(self, purpose: Purpose) -> bool {
        self.0 >> purpose.number() & 1 == 1
    }
}

impl FromIterator<Purpose> for Purposes {
    fn from_iter<T: IntoIterator<Item = Purpose>>(purposes: T) -> Self {
        Self(purposes.into_iter().fold(0, |bits, purpose| bits | 1 << purpose.number()))
    }
}

/// What one recipient may open. It has no `Debug`: whom she asks for help is hers.
#[derive(Clone, PartialEq, Eq)]
pub struct Consent {
    /// Random, so that its mark tells nothing to who guesses the rest.
    pub salt: [u8; 16],
    /// The case.
    pub case: CaseId,
    /// The team, or [`TeamId::HERSELF`].
    pub recipient: TeamId,
    /// The team's key when she was asked, 1 or more; 0 for herself. It stays when the case moves to a
    /// later key.
    pub epoch: u32,
    /// At least one.
    pub compartments: Compartments,
    /// At least one.
    pub purposes: Purposes,
    /// Milliseconds UTC.
    pub given_at: u64,
    /// Milliseconds UTC, later than `given_at`; 0: with the case.
    pub ends_at: u64,
    /// Who decided.
    pub given_by: GivenBy,
    /// How it was said.
    pub channel: Channel,
    /// In which language she was asked.
    pub language: Language,
    /// The hash of the text she was shown.
    pub text_hash: Hash,
}

impl Consent {
    /// The 113 bytes of the form.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for nothing to open, no purpose, an end that is not later, or an epoch
    /// that does not belong to the recipient; then [`Refusal::PurposeMissing`].
    pub fn bytes(&self) -> Result<Vec<u8>, Refusal> {
        self.holds()?;
        let code = self.language.code().as_bytes();
        let form = Form::new()
            .u8(1)
            .bytes(&self.salt)
            .bytes(&self.case.0)
            .bytes(&self.recipient.0)
            .u32(self.epoch)
            .u16(self.compartments.0)
            .u16(self.purposes.0)
            .u64(self.given_at)
            .u64(self.ends_at)
            .u8(self.given_by.number())
            .u8(self.channel.number())
            .u32(code.len() as u32)
            .bytes(code)
            .bytes(&self.text_hash);
        Ok(form.done())
    }

    /// Reads the form.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`], then [`Refusal::PurposeMissing`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut form = Reader::new(bytes);
        form.version()?;
        let consent = Self {
            salt: form.bytes()?,
            case: CaseId(form.bytes()?),
            recipient: TeamId(form.bytes()?),
            epoch: form.u32()?,
            compartments: Compartments(form.u16()?),
            purposes: Purposes(form.u16()?),
            given_at: form.u64()?,
            ends_at: form.u64()?,
            given_by: GivenBy::of_number(form.u8()?)?,
            channel: Channel::of_number(form.u8()?)?,
            language: read_language(&mut form)?,
            text_hash: form.bytes()?,
        };
        form.end()?;
        consent.holds().map(|()| consent)
    }

    /// The mark of this consent: what its column shows, and what its wraps are bound to.
    ///
    /// # Errors
    /// As [`Consent::bytes`].
    pub fn mark(&self) -> Result<Hash, Refusal> {
        Ok(Form::labelled("consent").bytes(&self.bytes()?).hash())
    }

    /// Her signature: she gives it.
    ///
    /// # Errors
    /// As [`Consent::bytes`].
    pub fn sign(&self, signer: &Signer) -> Result<[u8; 64], Refusal> {
        Ok(signer.sign(&given(&self.bytes()?)))
    }

    /// Reads a consent and checks that this mailbox gave it.
    ///
    /// # Errors
    /// As [`Consent::read`], then [`Refusal::SignatureWrong`].
    pub fn verify(bytes: &[u8], signing_key: &[u8], signature: &[u8]) -> Result<Self, Refusal> {
        let consent = Self::read(bytes)?;
        sign::verify(signing_key, &given(bytes), signature)?;
        Ok(consent)
    }

    /// What must hold between the fields.
    fn holds(&self) -> Result<(), Refusal> {
        let kinds = Kind::ALL.into_iter().collect::<Compartments>().0;
        let purposes = Purpose::ALL.iter().copied().collect::<Purposes>().0;
        let in_range = self.compartments.0 != 0
            && self.compartments.0 & !kinds == 0
            && self.purposes.0 != 0
            && self.purposes.0 & !purposes == 0
            && (self.ends_at == 0 || self.ends_at > self.given_at)
            && (self.recipient == TeamId::HERSELF) == (self.epoch == 0);
        if !in_range {
            return Err(Refusal::FormBroken);
        }
        if self.compartments.has(Kind::Figures) && !self.purposes.has(Purpose::Figures) {
            return Err(Refusal::PurposeMissing);
        }
        Ok(())
    }
}

fn given(bytes: &[u8]) -> Vec<u8> {
    Form::labelled("consent-given").bytes(bytes).done()
}

/// The language with its length, which is always two.
fn read_language(form: &mut Reader<'_>) -> Result<Language, Refusal> {
    if form.u32()? != 2 {
        return Err(Refusal::FormBroken);
    }
    let code = form.bytes::<2>()?;
    let code = str::from_utf8(&code).ok().and_then(Language::of_code);
    code.ok_or(Refusal::FormBroken)
}

/// Her taking a consent back. It ends with the wraps of that column replaced by dummies; what was
/// read has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// The mark of the consent.
    pub mark: Hash,
    /// Milliseconds UTC.
    pub at: u64,
}

impl Withdrawal {
    /// Her signature.
    pub fn sign(&self, signer: &Signer) -> [u8; 64] {
        signer.sign(&self.signed())
    }

    /// Checks that this mailbox withdrew it.
    ///
    /// # Errors
    /// [`Refusal::SignatureWrong`].
    pub fn verify(&self, signing_key: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        sign::verify(signing_key, &self.signed(), signature)
    }

    fn signed(&self) -> Vec<u8> {
        Form::labelled("consent-withdrawn").bytes(&self.mark).u64(self.at).done()
    }
}

#[cfg(test)]
mod tests;
