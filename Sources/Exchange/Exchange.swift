// Exchange reads and writes casebooks in the formats of the field.
//
//   SASTransport/  files of SAS XPORT, version 5: bytes in, datasets out
//   SDTM/          SDTM datasets into casebooks
//
// Not here: what the data mean for a participant (Trial), tables and reports (Analysis).
//
// Always true: a file is taken over whole or refused with its place; what it holds and the study does not is told.
