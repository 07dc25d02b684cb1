// Package rules holds the linguistic knowledge of quoth as data: lists of words and patterns in YAML files, embedded for
// English, that a user's own folder of files adds to or replaces. The package checks each file strictly and compiles
// the whole into a Set, which is immutable and safe for concurrent use.
package rules

// A Class is a set of general lexical classes of one word: those that several stages ask for, or that a stage asks for
// at every token. There are at most 64; what one stage alone asks for is a StageClass. Every word list names the classes
// that it fills.
type Class uint64

// The lexical classes. The YAML name of a class is the name here in snake case (NounOfSpeech: noun_of_speech).
const (
	Determiner        Class = 1 << iota // the, a, this, some, every
	Possessive                          // his, her, their, my, our, its
	PronounMale                         // he, him
	PronounFemale                       // she, her
	PronounPlural                       // they, them, we
	PronounFirst                        // I, we, me, us
	PronounImpersonal                   // it, there, one, this, that
	PronounRelative                     // who, which, that
	Preposition                         // of, in, at, for
	Conjunction                         // and, or, but
	Subordinator                        // because, although, when, if, while, that, after
	Auxiliary                           // has, had, is, was, did, does, been
	Modal                               // would, could, might, may
	Negation                            // not, n't, never
	Adverb                              // later, then, also, recently, further, flatly: may be between subject and cue
	TimeWord                            // Monday, today, yesterday, January, morning, week
	NumberWord                          // two, dozens, several
	TitleWord                           // Sen., President, Mayor, Judge, Dr., Mr.: comes before a person's name
	HonorificMale                       // Mr., Sir, Lord, King, Father
	HonorificFemale                     // Mrs., Ms., Miss, Dame, Queen, Sister
	RoleNoun                            // mayor, governor, spokesman, official, lawyer: a person by role
	RoleMale                            // spokesman, chairman, father, brother
	RoleFemale                          // spokeswoman, chairwoman, mother, sister
	RolePlural                          // officials, protesters, lawmakers, lawyers
	SpokesNoun                          // spokesman, spokeswoman, spokesperson, representative
	GroupNoun                           // company, union, committee, campaign, police: a body by kind
	ArtifactNoun                        // report, audit, statement, letter, sign, poll, ad: speaks for its author
	NounOfSpeech                        // verdict, statement, words, message, answer: a noun that is a cue
	WorkNoun                            // book, film, song, album, novel, episode: a title in marks follows or precedes
	NamedNoun                           // operation, project, ship, brand: a proper name in marks follows
	TermNoun                            // word, term, phrase, expression, slogan, motto, nickname
	MottoNoun                           // motto, slogan
	ScareTrigger                        // so-called, dubbed, nicknamed, titled, entitled, labeled
	NameParticle                        // van, von, de, la, al, bin, den, der, da, dos, el, ter
	NameSuffix                          // Jr., Sr., II, III, PhD, MP
	OrgSuffix                           // Inc., Ltd., Corp., plc, GmbH: ends the name of a company
	OrgHead                             // University, Ministry, Department, Bank, Committee, Union, Party, Times: heads a body's name
	PlaceHead                           // River, Lake, County, Street, Mount, Sea, Province, Bay
	PlacePreposition                    // in, at, near, from, across: before a place
	Abbreviation                        // Mr., Gov., U.S., Inc., a.m.: its full stop need not end a sentence
	Elision                             // 'em, 'tis, '87, 'n', 'til: an apostrophe that opens nothing (written without the apostrophe)
	Month                               // January, Jan.
	Weekday                             // Monday, Mon.
	Demonym                             // American, French, Texan
	SentenceAdverb                      // however, meanwhile, moreover: may be first in a sentence, never a name
	CommonCap                           // The, In, But, Read, Photo: words often capitalised that start no name
	CommonVerb                          // frequent verb forms other than cues: met, went, took, has, replaced
	QuestionWord                        // what, why, how
	Kinship                             // wife, husband, son, daughter, sister, niece
	HumanPlural                         // people, voters, fans, residents: generic plural sources
	Generic                             // every, any, anyone, nobody: makes a source generic
	FirstPerson                         // I, me, my
	Social                              // X, Twitter, Facebook, tweet, tweeted, posted, Instagram
	Written                             // wrote, letter, blog, email, op-ed, memo, column
	Be                                  // was, is, been: makes a passive of the participle after it
	Attaching                           // of, for, at: a preposition that says what a person or body belongs to
	PronounIndefinite                   // another, several, some, others: for people that were spoken of
	PartyWord                           // Republican, Democratic, Labour: nobody is of two parties
	Telling                             // former, longtime, eldest: makes a description that of a certain person
	Authoring                           // released, filed, wrote, published: what an author does with an artifact
	PolicyNoun                          // policy, agenda, doctrine: a slogan may come before it
	SpeakerLabel                        // host, audience, question: before a colon, says who speaks and names nobody
)

// A StageClass is a set of further classes of one word: those that only one stage asks for, of few words. A word list
// fills them as it does those of type Class, by name, but no View holds them for each token: the stage looks them up
// with Set.StageClasses, or finds them in a Word that it has looked up already.
type StageClass uint64

// The classes of one stage. The YAML name of a class is the name here in snake case.
const (
	SurnameSuffix   StageClass = 1 << iota // entities: jr, iii, mp: no part of the surname that namesakes share, full stops left out
	PronounObject                          // indirect: him, themselves, ours: no subject of a clause
	Pronominal                             // indirect: both, those, half: a determiner that may stand for people by itself
	ContentEnd                             // indirect: while, but, when: ends what a noun phrase reports
	BetweenCueQuote                        // attribution: that, as, a, to: may stand between a cue and its quote
	BeforeMarks                            // quotes: that, as, was: may stand between a colon, a comma or a cue and the marks
	Belonging                              // clause: of, from, at: after a name, says where its bearer belongs
	SecondCue                              // indirect: said, told, says: a cue besides the one whose content is read
	Stressed                               // entities: it, or, not: in capitals for stress, and then no acronym
	Credential                             // entities: M.D., FRCP, QC: after a person's name and no part of it
	PlaceTitle                             // entities: mayor, bishop, governor: before of and the name of a place
	NamedTitle                             // entities: sheikh: a title of men that is a part of names of women
	PlainBody                              // entities: government: before of and a place, no part of a name
	CompoundHead                           // entities: anti, pro, non: before a hyphen and a name, even where it is capitalised
	CompoundTail                           // entities: led, born, listed: after a name and a hyphen, makes a modifier of it
	PlaceTail                              // entities: born, based: a CompoundTail that follows the name of a place
	BeforeDate                             // entities: in, on, since, last: a month or a day after it is one
	StoreName                              // entities: macy, wendy: the name of a company, with ’s after it
	ExclaimedName                          // segment: Yahoo, Jeopardy: written with an exclamation mark
	ExchangeName                           // entities: nyse, nasdaq: the code of a stock follows after a colon
	MarketSuffix                           // entities: l, hk, pa: ends the code that a news agency gives to a stock
	Direction                              // entities: northern, central, upstate: in small letters before a place and no part of its name
	AdminNoun                              // entities: province, district: in small letters after a place and no part of its name
	StateNoun                              // entities: government: of a country, no name of a body
	Chamber                                // entities: house, senate: a body that a party or a president comes before
	PersonBody                             // entities: campaign: with a person's name before it, names a body
	AfterPersonBody                        // entities: ad, trail, promise: makes a thing of the PersonBody before it
	EventHead                              // entities: cup, prize, act: heads the name of an event, a prize or a law
	BodyEnd                                // entities: precinct, court: ends the name of a body, never that of a place
	GroundEnd                              // entities: airport, stadium: ends the name of a place, never that of a body
	OpenBody                               // naming: company, group: a body by kind whose name need not tell the kind
	PartNoun                               // naming: team, office: with the name of a body before it, that body
	BroadRole                              // naming: official, leader, man: may be said of people of many roles
	LowerRank                              // naming: vice, deputy: makes another role of the noun after it
	PersonalText                           // naming: report, memo, letter: with a person's name before it, by that person
	OfPlace                                // entities: university: “of” and a place complete its name
	TimeZone                               // segment: EST, Eastern: follows a time of day
	HeadingLabel                           // quotes: note, photo, facts: before a colon, heads what nobody says
	TalkOpener                             // quotes: yes, well, thanks: opens what somebody says
	TalkWord                               // quotes: you, your: addresses somebody
	ProductionNote                         // quotes: begin, clip, break: in brackets, ends the turn before it
	Entitling                              // quotes: called, titled: after what has a title, and before it
	ClaimTarget                            // attribution: accused, branded, denies: in headlines, its subject is whom the words in marks are about
)

// A Cue is a verb, noun or phrase that introduces a quote.
type Cue struct {
	// ID is the rule's id; it ends the By of what the rule decides and is part of the API.
	ID string
	// Forms are the inflected forms, lower case, several words separated by one space.
	Forms []string
	// Class tells how the cue takes its arguments.
	Class CueClass
	// Weight is the share of the verb's uses in articles that are beside a quote, 0 to 1: weak cues (0.2) need a comma,
	// a colon or the shape of the whole sentence in support.
	Weight float64
	// Written and Social are remarks that the cue leaves on the quote.
	Written, Social bool
	Examples        Examples
}

// A CueClass tells how a cue takes its arguments.
type CueClass uint8

// The classes of cues.
const (
	NoCueClass CueClass = iota
	Say                 // say, state, announce: speaker, content
	Tell                // tell, inform, assure: speaker, addressee, content
	Ask                 // ask, inquire: content is a question
	Write               // write, tweet, post
	Call                // call, describe, dub, brand: object, then a fragment in marks
	Manner              // shrug, laugh, smile: a cue only beside a quote
	Think               // think, believe, feel
	ReadOut             // read: of a sign, a statement, a banner
	Noun                // verdict, message: a noun with a possessor or an author
	Phrase              // according to, in the words of
)

// Examples are texts that a rule must match and texts that it must miss; a test runs them all.
type Examples struct {
	Match, Miss []string
}

// A Boilerplate rule gives a line of text its zone, or a reason why marks on it quote nobody.
type Boilerplate struct {
	ID string
	// Pattern is a regular expression (RE2) on one line or paragraph.
	Pattern  string
	Zone     string
	Examples Examples
}
