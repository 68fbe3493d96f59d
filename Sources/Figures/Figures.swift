// Figures draws SVG from plain series: axes with sensible ticks, marks, direct labels, bands; with a title, a description
// for a screen reader and the data as a table.
//
// Not here: what a series means, which colors a grade has in a trial, pages.
//
// Always true: the same series gives the same bytes; nothing is told by color alone.
