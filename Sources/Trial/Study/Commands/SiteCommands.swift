// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues

/// Adds a site. It is not clinical, and comes before anybody can have a role there; its own investigator opens it.
public struct AddSite: TrialCommand {
  public static let name = "site add"
  public static let abstract = "Add a site: its number, name and time zone."
  public static let permission = Permission.manageAccounts
  public static let fields = [
    CommandField("site", "the number, two digits, such as 03"), CommandField("name", "the name of the hospital"),
    CommandField("zone", "the time zone by its IANA name, such as Asia/Shanghai"),
  ]

  /// Its number.
  public var site: SiteID
  /// Its name.
  public var title: String
  /// Its time zone by IANA name.
  public var zone: String

  private enum CodingKeys: String, CodingKey {
    case site, zone
    case title = "name"
  }

  public init(site: SiteID, name: String, zone: String) {
    self.site = site
    self.title = name
    self.zone = zone
  }

  public var sites: Set<SiteID> { [site] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard situation.state.sites[site] == nil else {
      throw Refusal("site-exists", because: "There is a site \(site).", remedy: "Take another number.")
    }
    // The same form that `Moment` reads back; whether there is such a zone the live study asks its clock.
    guard zone == "UTC" || zone.contains("/"), let moment = Moment("2000-01-01T00:00Z[\(zone)]"), moment.zone == zone
    else {
      throw Refusal(
        "no-time-zone", because: "'\(zone.prefix(40))' is no time zone.",
        remedy: "Give the name in the IANA time zone database, such as Asia/Shanghai or UTC.")
    }
    return [Fact(.site(site, .siteAdded(name: try required(title, "the name of the site"), zone: zone)))]
  }
}

/// Puts a version of the consent form in force at a site.
public struct PutConsentInForce: TrialCommand {
  public static let name = "site put-consent-in-force"
  public static let abstract = "Put a version of the consent form in force at a site, and say who signs it anew."
  public static let permission = Permission.openAndClose
  public static let fields = [
    CommandField("site", "the site"), CommandField("version", "the version of the form, such as 2.0"),
    CommandField("signedAnewBy", "nobody, notYetInfused, all, or inFollowUp"),
    CommandField(
      "beforeActivity", "what it is signed anew before: enrollment, leukapheresis, lymphodepletion, infusion",
      optional: true),
    CommandField("beforeDate", "the day before which it is signed anew, such as 2026-12-31", optional: true),
    CommandField("from", "from when, such as 2026-11-23T09:30+08:00[Asia/Shanghai]", optional: true),
  ]

  /// Where.
  public var site: SiteID
  /// Such as `2.0`.
  public var version: String
  /// Who signs it anew.
  public var signedAnewBy: ConsentForm.SignedAnewBy
  /// The activity before which it is signed anew.
  public var beforeActivity: Activity?
  /// The day before which it is signed anew.
  public var beforeDate: CalendarDate?
  /// From when; by default from when this happens.
  public var from: Moment?

  public init(
    site: SiteID, version: String, signedAnewBy: ConsentForm.SignedAnewBy, beforeActivity: Activity? = nil,
    beforeDate: CalendarDate? = nil, from: Moment? = nil
  ) {
    self.site = site
    self.version = version
    self.signedAnewBy = signedAnewBy
    self.beforeActivity = beforeActivity
    self.beforeDate = beforeDate
    self.from = from
  }

  public var sites: Set<SiteID> { [site] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try situation.requireSite(site)
    let forms = situation.state.sites[site]?.consentForms ?? []
    let version = try required(version, "the version of the consent form")
    let from = self.from ?? situation.happened
    guard !forms.contains(where: { $0.version == version }) else {
      throw Refusal(
        "version-used", because: "Consent version \(version) was put in force at site \(site) before.",
        remedy: "A changed form is a new version.")
    }
    guard situation.happened <= from, forms.last.map({ $0.from < from }) ?? true else {
      throw Refusal(
        "version-too-early", because: "A consent version cannot come into force at \(from), in the past.",
        remedy: "Give a time that is not before this act and after the last version came into force.")
    }
    let deadlines = (beforeActivity == nil ? 0 : 1) + (beforeDate == nil ? 0 : 1)
    guard deadlines == (signedAnewBy == .nobody ? 0 : 1), beforeDate.map({ $0.precision == .day }) ?? true,
      !(signedAnewBy == .inFollowUp && beforeActivity != nil)
    else {
      throw Refusal(
        "deadline-unclear", because: "It is not clear before what this version is signed anew.",
        remedy: "Where somebody signs anew, name one activity or one day before which; after the infusion, a day.")
    }
    let form = ConsentForm(
      version: version, from: from, signedAnewBy: signedAnewBy, beforeActivity: beforeActivity, beforeDate: beforeDate)
    return [
      Fact(
        .site(site, .consentPutInForce(form: form)),
        signed: "I put consent version \(version) in force at site \(site) from \(from).")
    ]
  }
}
