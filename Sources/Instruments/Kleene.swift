/// Strong Kleene logic over what is known: nil is unknown, and a result is nil only where the unknown could change it.
enum Kleene {
  static func or(_ values: [Bool?]) -> Bool? {
    values.contains(true) ? true : values.contains(nil) ? nil : false
  }
  static func and(_ values: [Bool?]) -> Bool? {
    values.contains(false) ? false : values.contains(nil) ? nil : true
  }
  static func not(_ value: Bool?) -> Bool? { value.map { !$0 } }

  /// Whether at least so many are true.
  static func atLeast(_ count: Int, of values: [Bool?]) -> Bool? {
    let known = values.count { $0 == true }
    return known >= count ? true : known + values.count { $0 == nil } < count ? false : nil
  }
}
