import ClinicalValues
import Trial

/// Somebody who works in the trial. All are invented.
struct CastMember: Sendable {
  let account: AccountID
  let name: String
  let role: Role
  let site: SiteID?

  var acting: Acting { Acting(account: account, role: role, site: site) }
}

/// A site of the demonstration.
struct CastSite: Sendable {
  let id: SiteID
  let name: String
  let zone: String
}

/// Everybody who works in the trial: two sites in two time zones, laboratory, sponsor and board.
struct Cast: Sendable {
  let sites: [CastSite]
  let members: [CastMember]

  /// Site, account, name and role, a line a person.
  private static let table: [(site: String?, account: String, name: String, role: Role)] = [
    (nil, "h.novak", "Hana Novak", .administrator),
    (nil, "e.lindqvist", "Erik Lindqvist", .sponsor),
    ("01", "w.zhou", "Zhou Wenjing", .principalInvestigator),
    ("01", "m.tan", "Tan Minghao", .subInvestigator),
    ("01", "j.luo", "Luo Jiayi", .coordinator),
    ("01", "r.xu", "Xu Ruolan", .nurse),
    ("01", "q.fang", "Fang Qiang", .nurse),
    ("01", "s.ito", "Sachiko Ito", .monitor),
    ("02", "k.brandt", "Katharina Brandt", .principalInvestigator),
    ("02", "f.osei", "Felix Osei", .subInvestigator),
    ("02", "l.hartwig", "Lena Hartwig", .coordinator),
    ("02", "p.sommer", "Paul Sommer", .nurse),
    ("02", "a.dietz", "Anke Dietz", .nurse),
    ("02", "g.moreau", "Gilles Moreau", .monitor),
    (nil, "c.shen", "Shen Chuntao", .cellLaboratory),
    (nil, "d.weber", "Dorothea Weber", .cellLaboratory),
    (nil, "y.gao", "Gao Yilin", .qualityAssurance),
    (nil, "b.keller", "Bruno Keller", .qualityAssurance),
    (nil, "n.aydin", "Nesrin Aydin", .dataManager),
    (nil, "o.petrov", "Oleg Petrov", .safetyOfficer),
    (nil, "t.adeyemi", "Tunde Adeyemi", .safetyBoard),
    (nil, "v.rossi", "Valeria Rossi", .safetyBoard),
    (nil, "i.halvorsen", "Ingrid Halvorsen", .safetyBoard),
    (nil, "u.mehta", "Uma Mehta", .statistician),
    (nil, "z.clarke", "Zoe Clarke", .inspector),
  ]

  /// The cast; throws only if a name in the tables were none.
  init() throws {
    self.sites = try [
      ("01", "Riverside University Hospital (SYNTHETIC)", "Asia/Shanghai"),
      ("02", "Lindenhof University Hospital (SYNTHETIC)", "Europe/Berlin"),
    ].map { CastSite(id: try SiteID($0.0), name: $0.1, zone: $0.2) }
    self.members = try Self.table.map {
      CastMember(
        account: try AccountID($0.account), name: $0.name, role: $0.role, site: try $0.site.map { try SiteID($0) })
    }
  }

  /// The people of a role, at a site where the role is a site's.
  func all(_ role: Role, _ site: SiteID? = nil) -> [CastMember] {
    members.filter { $0.role == role && (site == nil || $0.site == site || !$0.role.isOfSite) }
  }

  /// One of them, the first if there are fewer.
  func acting(_ role: Role, _ site: SiteID? = nil, _ number: Int = 0) throws -> Acting {
    let people = all(role, site)
    guard let found = people.indices.contains(number) ? people[number] : people.first else {
      throw NobodyThere(role: role)
    }
    return found.acting
  }

  /// A role that nobody in the tables has.
  struct NobodyThere: Error { let role: Role }

  /// The time zone of a site; UTC for the sponsor's people.
  func zone(of site: SiteID?) -> String { sites.first { $0.id == site }?.zone ?? "UTC" }
}
