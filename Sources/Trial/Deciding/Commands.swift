/// Every command of the trial, by the folder that it comes from. Command line, documentation, permission tests and the
/// model check read this list.
public enum Commands {
  /// All of them.
  public static let all: [any TrialCommand.Type] =
    people + study + way + product + corrections + casebook + safety + grading
}
