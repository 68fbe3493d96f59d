// Analysis derives what a safety board and a statistician look at from the state of a trial: analysis sets, response by
// disease, kinetics, safety tables and reports.
//
// Not here: the trial's rules (Trial), formats of exchange (Exchange), who may see a report (Conduct).
//
// Always true: a result is a function of events up to a cut-off and of the study's files; each names its set; nothing is
// imputed silently.
