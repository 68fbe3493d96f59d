// Conduct is the live study: who is there (Authentication), who a participant is (Identity), and the way from a command
// to durable events.
//
// Not here: rules of the trial (Trial), what CQL means (Rules), where bytes rest (the store modules), pages.
//
// Always true: a password, a code or a key is never in the ledger; nobody acts or signs without having shown who they
// are; a name, a birth date or a contact leaves this module only to somebody who may see identity.

internal import Trial
