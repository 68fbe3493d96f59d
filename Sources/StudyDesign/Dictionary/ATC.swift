/// The Anatomical Therapeutic Chemical classification of the WHO: how its codes look. The codes themselves are the study's.
public enum ATC {
  /// Its code system.
  public static let system = "http://www.whocc.no/atc"

  /// Whether a text has the form of a code of any of its five levels: `L`, `L04`, `L04A`, `L04AC`, `L04AC07`.
  public static func isCode(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard [1, 3, 4, 5, 7].contains(bytes.count) else { return false }
    return bytes.enumerated().allSatisfy { place, byte in
      [0, 3, 4].contains(place) ? (65...90).contains(byte) : (48...57).contains(byte)
    }
  }
}
