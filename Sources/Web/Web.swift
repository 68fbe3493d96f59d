// Web is the site: pages and a JSON API over the running study. A page parses what came in, asks Conduct or a view of the
// trial, makes a view model of it, and prints that through Markup.
//
//   Serving/   a request as a page sees it, a reply, routes (path, who may, handler), headers, limits, the server
//   Sessions/  who is signed in, in which role
//   Words/     languages: the messages of the program and the study's own words
//   Design/    the frame of a page, components, style sheet and scripts
//   Pages/     one folder a screen
//
// Not here: rules of the trial (Trial), authority (Conduct), which store (tandem), how a figure is drawn (Figures).
//
// Always true: every route says who may, and the server asks before the handler runs; whatever changes something came from
// a page of this site (Origin and CSRF token); a page works without scripts; no text is printed that was not escaped.

internal import Trial
