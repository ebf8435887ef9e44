//! `archiveIndex.xml`: what the delivery is, who made it, what it holds (4.C.3, 6.A).

use std::io::{self, Write};

use chrono::NaiveDate;

use crate::error::Error;
use crate::id::PackageId;
use crate::xml::Xml;

/// What is said of a delivery as a whole.
#[derive(Debug, Clone)]
pub struct Description {
    /// Earlier deliveries from the same system.
    pub previous: Vec<PackageId>,
    /// The first and the last day that the data are about.
    pub period: (NaiveDate, NaiveDate),
    /// Whether no other delivery comes after it.
    pub last_delivery: bool,
    pub creators: Vec<Creator>,
    /// True: a closed period; false: how things were on one day, while the system goes on.
    pub closed_period: bool,
    pub system_name: String,
    pub other_names: Vec<String>,
    pub purpose: String,
    pub content: String,
    pub identifiers: Identifiers,
    /// Systems that data came from.
    pub sources: Vec<String>,
    /// Systems that data went to.
    pub users: Vec<String>,
    pub predecessors: Vec<String>,
    /// The version of FORM, and what the system is in it; the archive wants it from every authority.
    pub form: Option<(String, Vec<FormClass>)>,
    /// Whether documents were systematically disposed of before.
    pub documents_disposed: bool,
    /// What else one finds by these data: papers, another system. None is no.
    pub finding_aid_to: Vec<String>,
    /// Whether documents hang together in cases.
    pub has_cases: bool,
    pub several_sources: bool,
    /// Sensitive personal data.
    pub personal_data: bool,
    /// Anything else that asks for a longer time before others may read.
    pub other_restrictions: bool,
    /// What the receiving archive is to know of who may read.
    pub restrictions: Option<String>,
}

/// Who made the data, from when to when.
#[derive(Debug, Clone)]
pub struct Creator {
    pub name: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// A class of FORM, the public sector's own map of its tasks: number and words.
#[derive(Debug, Clone)]
pub struct FormClass {
    pub number: String,
    pub words: String,
}

/// Which well-known numbers stand in the tables.
#[derive(Debug, Clone, Copy, Default)]
pub struct Identifiers {
    pub regions: bool,
    pub municipalities: bool,
    pub cpr: bool,
    pub cvr: bool,
    pub cadastre: bool,
    pub buildings: bool,
    pub diseases: bool,
}

impl Description {
    pub(crate) fn check(&self) -> Result<(), Error> {
        let refuse = |why| Err(Error::refused("archiveIndex", why, "6.A"));
        let creators = self.creators.iter().map(|creator| (creator.from, creator.to));
        if self.creators.is_empty() {
            return refuse("somebody made the data");
        }
        if std::iter::once(self.period).chain(creators).any(|(from, to)| from > to) {
            return refuse("a period ends after it begins");
        }
        let texts = [&self.system_name, &self.purpose, &self.content];
        if texts
            .into_iter()
            .chain(self.creators.iter().map(|creator| &creator.name))
            .any(|text| text.trim().is_empty())
        {
            return refuse(
                "the name, the purpose and the content of the system, and who made the data, are told",
            );
        }
        if self.form.as_ref().is_some_and(|(_, classes)| classes.is_empty()) {
            return refuse("FORM is named with a class");
        }
        Ok(())
    }

    pub(crate) fn write(&self, out: impl Write, id: &PackageId, has_documents: bool) -> io::Result<()> {
        let mut xml = Xml::index(out, "archiveIndex", "archiveIndex.xsd")?;
        xml.text("archiveInformationPackageID", &id.to_string())?;
        for previous in &self.previous {
            xml.text("archiveInformationPackageIDPrevious", &previous.to_string())?;
        }
        xml.text("archivePeriodStart", &self.period.0.to_string())?;
        xml.text("archivePeriodEnd", &self.period.1.to_string())?;
        xml.flag("archiveInformationPacketType", self.last_delivery)?;
        xml.element("archiveCreatorList", |xml| {
            self.creators.iter().try_for_each(|creator| {
                xml.text("creatorName", &creator.name)?;
                xml.text("creationPeriodStart", &creator.from.to_string())?;
                xml.text("creationPeriodEnd", &creator.to.to_string())
            })
        })?;
        xml.flag("archiveType", self.closed_period)?;
        self.write_system(&mut xml)?;
        self.write_content(&mut xml, has_documents)?;
        xml.text("archiveApproval", id.archive())?;
        if let Some(restrictions) = &self.restrictions {
            xml.text("archiveRestrictions", restrictions)?;
        }
        xml.finish().map(|_| ())
    }

    fn write_system<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        xml.text("systemName", &self.system_name)?;
        write_each(xml, "alternativeName", &self.other_names)?;
        xml.text("systemPurpose", &self.purpose)?;
        xml.text("systemContent", &self.content)?;
        let has = self.identifiers;
        xml.flag("regionNum", has.regions)?;
        xml.flag("komNum", has.municipalities)?;
        xml.flag("cprNum", has.cpr)?;
        xml.flag("cvrNum", has.cvr)?;
        xml.flag("matrikNum", has.cadastre)?;
        xml.flag("bbrNum", has.buildings)?;
        xml.flag("whoSygKod", has.diseases)?;
        write_each(xml, "sourceName", &self.sources)?;
        write_each(xml, "userName", &self.users)?;
        write_each(xml, "predecessorName", &self.predecessors)?;
        let Some((version, classes)) = &self.form else { return Ok(()) };
        xml.element("form", |xml| {
            xml.text("formVersion", version)?;
            xml.element("classList", |xml| {
                classes.iter().try_for_each(|class| {
                    xml.text("formClass", &class.number)?;
                    xml.text("formClassText", &class.words)
                })
            })
        })
    }

    fn write_content<W: Write>(&self, xml: &mut Xml<W>, has_documents: bool) -> io::Result<()> {
        xml.flag("containsDigitalDocuments", has_documents)?;
        xml.flag("containsGeodata", false)?;
        xml.flag("containsResearchData", false)?;
        xml.flag("researchSIP", false)?;
        xml.flag("documentsDisposal", self.documents_disposed)?;
        xml.flag("searchRelatedOtherRecords", !self.finding_aid_to.is_empty())?;
        write_each(xml, "relatedRecordsName", &self.finding_aid_to)?;
        // Cases are a matter of documents that hang together: without documents there are none (annex 8, systemFileConcept).
        xml.flag("systemFileConcept", self.has_cases && has_documents)?;
        xml.flag("multipleDataCollection", self.several_sources)?;
        xml.flag("personalDataRestrictedInfo", self.personal_data)?;
        xml.flag("otherAccessTypeRestrictions", self.other_restrictions)
    }
}

fn write_each<W: Write>(xml: &mut Xml<W>, name: &str, texts: &[String]) -> io::Result<()> {
    texts.iter().try_for_each(|text| xml.text(name, text))
}
