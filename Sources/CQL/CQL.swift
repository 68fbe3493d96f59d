// CQL is HL7's Clinical Quality Language 1.5 as a language: text -> tree -> typed program -> value with its reasons.
//
//   Syntax/      text -> tokens with positions -> syntax tree (the specification's grammar)
//   Types/       the type system and the values of its types
//   Operators/   every operator once: name, syntax, signature, treatment of null, pointer into the specification, meaning
//   Checking/    syntax tree -> typed program, or diagnostics with file, line, column and the fix
//   Evaluation/  typed program -> closures (fast), or -> value with its reasons (the interpreter, which is also the oracle)
//
// Not here: FHIR, or any other data model. Data, their types and terminology come through the protocols of `Model.swift`.
//
// Always true: a program that checked never traps; unknown is a value (`Value.null`) and is never read as false;
// evaluation reads no clock (the evaluation date is passed in) and explaining costs nothing when it is not asked for.
