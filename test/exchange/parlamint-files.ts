// A small corpus of invented people, which the tests of ParlaMint change in one place each.

const tei = 'xmlns="http://www.tei-c.org/ns/1.0"';

export const organizations = `
  <org xml:id="P" role="parliament">
    <orgName full="yes" xml:lang="en">Parliament of Ruritania</orgName>
    <orgName full="yes" xml:lang="la">Comitia Ruritana</orgName>
    <orgName full="abb">PR</orgName>
    <event from="1901-01-01" to="1999"><label xml:lang="en">existence</label></event>
    <idno type="URI" subtype="wikimedia">https://en.wikipedia.org/wiki/Ruritania</idno>
    <idno type="URI">https://www.wikidata.org/wiki/Q123456</idno>
    <idno type="VIAF">99</idno>
    <idno type="URI" subtype="parliament">https://parliament.example/</idno>
    <listEvent>
      <head>Terms</head>
      <event xml:id="P.1" from="1990-01-01" to="1994-12-31">
        <label xml:lang="en">Term 1</label><label xml:lang="la">Legislatura I</label>
      </event>
      <event xml:id="P.2" from="1995-01-01"><label xml:lang="en">Term 2</label></event>
    </listEvent>
    <org xml:id="P.fin" role="committee"><orgName full="yes">Committee of Finance</orgName></org>
  </org>
  <org xml:id="GOV" role="government"><orgName full="yes">Government of Ruritania</orgName></org>
  <org xml:id="party.Rose" role="politicalParty"><orgName full="abb">Rose</orgName></org>
  <listRelation><relation name="coalition" mutual="#party.Rose #GOV"/><relation name="opposition"/></listRelation>`;

export const people = `
  <head>Speakers</head>
  <person xml:id="AnnaBlum">
    <persName to="1991-05-01"><forename>Anna</forename><surname>Feld</surname></persName>
    <persName from="1991-05-01"><roleName>Dr</roleName><forename>Anna</forename><forename>Maria</forename>
      <nameLink>van</nameLink><surname>Blum</surname></persName>
    <sex value="F"/>
    <birth when="1950-02-03"><placeName>Strelsau</placeName></birth>
    <death when="2010"/>
    <affiliation ref="#P" role="member" from="1990-01-01" ana="#P.1"/>
    <affiliation ref="#party.Rose" role="member"/>
    <idno type="URI" subtype="wikimedia">https://en.wikipedia.org/wiki/Anna_Blum</idno>
    <idno type="URI" subtype="twitter">https://twitter.com/annablum</idno>
    <idno type="URI" subtype="wikimedia">https://en.wikipedia.org/wiki/Ruritania</idno>
    <occupation>Teacher</occupation>
  </person>
  <person xml:id="BertoKlee">
    <persName><forename>Berto</forename><surname>Klee</surname></persName>
    <sex value="M"/>
    <affiliation ref="#P" role="member" from="1990-01-01" to="1999-12-31"/>
    <affiliation ref="#P" role="head" from="1995-01-01" to="1995-12-31">
      <roleName xml:lang="la">Praeses</roleName><roleName xml:lang="en">Speaker of the House</roleName>
    </affiliation>
  </person>
  <person xml:id="CleaMohn">
    <persName>Clea Mohn</persName>
    <sex value="U"/>
    <affiliation ref="#GOV" role="minister" from="1995" to="1996"/>
  </person>`;

export const taxonomy = `<taxonomy ${tei} xml:id="ParlaMint-taxonomy-speaker_types" xml:lang="mul">
  <category xml:id="chair">
    <catDesc xml:lang="la"><term>Praesidium</term>: qui praeest</catDesc>
    <catDesc xml:lang="en"><term>Chair</term>: who presides</catDesc>
  </category>
</taxonomy>`;

export const speeches = `
  <div type="debateSection">
    <head>1. Opening</head>
    <note type="speaker" xml:id="n1">The   Speaker:</note>
    <u xml:id="ParlaMint-XX_1.u1" who="#BertoKlee" ana="#chair">
      <seg xml:id="ParlaMint-XX_1.s1">The sitting
        is open <kinesic type="applause"><desc>Applause</desc></kinesic>, friends. <note>(Laughter.)</note></seg>
      <incident><desc>A bell rings</desc></incident>
      <seg xml:id="ParlaMint-XX_1.s2" xml:lang="la">Salvete 🌹 omnes.</seg>
      <seg xml:id="ParlaMint-XX_1.s3"><note>pause</note></seg>
    </u>
    <u xml:id="ParlaMint-XX_1.u2" who="#AnnaBlum" ana="#regular"><seg xml:id="ParlaMint-XX_1.s4">Thank you.</seg></u>
    <note type="speaker">A voice:</note>
    <u>Hear, <hi>hear</hi>!</u>
    <u xml:id="ParlaMint-XX_1.u4" who="#CleaMohn" ana="#guest"><seg xml:id="s5">I thank you.</seg></u>
    <u xml:id="ParlaMint-XX_1.u5" ana="#chair"><seg xml:id="ParlaMint-XX_1.s6">Order.</seg></u>
    <u xml:id="ParlaMint-XX_1.u6" ana="#chair"><note>silence</note></u>
    <u xml:id="ParlaMint-XX_1.u7"><seg>Who am I?</seg></u>
  </div>`;

export function root(includes: readonly string[], inline = ''): string {
  const include = (href: string) => `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${href}"/>`;
  const lists = includes.filter((href) => /list|taxonomy/.test(href));
  return `<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus ${tei} xml:id="ParlaMint-XX" xml:lang="en">
  <teiHeader><profileDesc><particDesc>${lists.map(include).join('')}${inline}</particDesc></profileDesc></teiHeader>
  ${includes
    .filter((href) => !lists.includes(href))
    .map(include)
    .join('\n  ')}
</teiCorpus>`;
}

export function listOrg(content = organizations): string {
  return `<listOrg ${tei} xml:id="ParlaMint-XX-listOrg" xml:lang="en">${content}</listOrg>`;
}

export function listPerson(content = people): string {
  return `<listPerson ${tei} xml:id="ParlaMint-XX-listPerson" xml:lang="en">${content}</listPerson>`;
}

interface Component {
  id?: string;
  body?: string;
  date?: string;
  uri?: string;
}

export function component({
  id = 'ParlaMint-XX_1',
  body = speeches,
  date = 'when="1995-03-04"',
  uri = 'http://parliament.example',
}: Component = {}) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<TEI ${tei} xml:id="${id}" xml:lang="en" ana="#parla.sitting #reference">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title type="main" xml:lang="la">Corpus Ruritanum [ParlaMint]</title>
        <title type="main" xml:lang="en">Ruritanian corpus, Sitting 1 [ParlaMint]</title>
        <title type="sub" xml:lang="en">Sitting 1</title>
        <title type="sub" xml:lang="la">Sessio I</title>
        <meeting n="2" corresp="#P" ana="#parla.uni #parla.term #P.2">Term 2</meeting>
        <meeting n="1" corresp="#P" ana="#parla.uni #parla.sitting">1</meeting>
      </titleStmt>
      <sourceDesc><bibl><idno type="URI">${uri}</idno><date when="1995-03-05"/></bibl></sourceDesc>
    </fileDesc>
    <profileDesc><settingDesc><setting>
      <name type="city">Strelsau</name><name type="country" key="XX">Ruritania</name><date ${date}>day</date>
    </setting></settingDesc></profileDesc>
  </teiHeader>
  <text><body>${body}</body></text>
</TEI>`;
}

export const corpus = {
  'ParlaMint-XX.xml': root([
    'ParlaMint-XX-listOrg.xml',
    'ParlaMint-XX-listPerson.xml',
    'ParlaMint-taxonomy-speaker_types.xml',
    '1995/one.xml',
  ]),
  'ParlaMint-XX-listOrg.xml': listOrg(),
  'ParlaMint-XX-listPerson.xml': listPerson(),
  'ParlaMint-taxonomy-speaker_types.xml': taxonomy,
  '1995/one.xml': component(),
};
