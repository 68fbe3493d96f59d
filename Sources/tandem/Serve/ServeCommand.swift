import ArgumentParser
import ClinicalValues
import Conduct
import Logging
import Trial
import Web

/// `tandem serve`: the site.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the site, on this machine alone unless --host says otherwise.",
    discussion: """
      With --demo it serves the synthetic demonstration trial from a folder of its own, which it fills when it is empty. \
      Without, it serves the trial of --data; in an empty folder it begins one, and prints a link, good once, by which the \
      first administrator signs in. Neither opens a folder of the other kind.
      """)

  @Option(help: "The study's folder; the one shipped with the program if left out.", completion: .directory)
  var study: String?
  @Option(help: "The folder of the trial's data.", completion: .directory) var data: String?
  @Option(help: "The port; 0 takes a free one.") var port = 8080
  @Option(help: "The address to listen at.") var host = "127.0.0.1"
  @Flag(help: "Serve the synthetic demonstration trial.") var demo = false
  @Option(help: "A master key's file that lies apart from the data.", completion: .file()) var keyFile: String?
  @Option(help: "A certificate chain (PEM): the site then speaks TLS.", completion: .file()) var certificate: String?
  @Option(help: "The private key (PEM) of the certificate.", completion: .file()) var certificateKey: String?
  @Flag(help: "Readers reach the site by TLS at a proxy: cookies are sent over TLS alone.") var behindTLS = false
  @Flag(help: "Nobody does anything before they have set a second factor.") var requireSecondFactor = false
  @Option(help: "The address of a proxy that is believed when it says who asks (X-Forwarded-For); can be given again.")
  var proxy: [String] = []
  @OptionGroup var provider: ProviderOptions
  @Flag(help: "Turn the public page on (the demonstration has it on).") var publicPage = false
  @Flag(
    inversion: .prefixedNo,
    help: """
      Demonstration: its clock goes on from the end of its story, and the page /clock puts it forward. Without, the \
      machine's clock holds, as it does for a second factor or a provider.
      """)
  var storyTime: Bool?
  @Option(help: "Demonstration: the last day, counted from the opening of the study.") var days: Int?

  /// What names this machine alone.
  private static let here: Set<String> = ["127.0.0.1", "::1", "localhost"]

  func validate() throws {
    guard (certificate == nil) == (certificateKey == nil) else {
      throw ValidationError("--certificate and --certificate-key go together.")
    }
    guard certificate != nil || behindTLS || ServeCommand.here.contains(host) else {
      throw ValidationError(
        "Beyond this machine the site speaks TLS: give --certificate and --certificate-key, or --behind-tls.")
    }
    guard (0...65535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535.") }
    if days != nil, !demo { throw ValidationError("--days goes with --demo.") }
    try DemoCommand.validate(days: days)
    try provider.validate(needsOrigin: behindTLS)
    if storyTime != nil, !demo { throw ValidationError("--story-time and --no-story-time go with --demo.") }
  }

  /// A demonstration that was built long ago stands where its story ended, with nothing overdue. One-time codes and a
  /// provider's tokens are of the machine's time.
  private var isInStoryTime: Bool {
    demo && (storyTime ?? (!requireSecondFactor && provider.openidIssuer == nil))
  }

  func run() async throws {
    let folder = DataFolder(data ?? (demo ? "./tandem-demo" : "./tandem-data"), keyFile: keyFile)
    let (running, story) = try await ServedStudy.open(
      folder, study: study, demo: demo, days: days, storyTime: isInStoryTime)
    let isFounded = try await running.live.state().study.study != nil
    let founding = isFounded ? nil : FoundingLink(entropy: Surroundings.current.entropy)
    var settings = SiteSettings()
    settings.isSecure = certificate != nil || behindTLS
    settings.publicPage = demo || publicPage
    settings.requiresSecondFactor = requireSecondFactor
    settings.proxies = Set(proxy)
    var logger = Logger(label: "tandem.web")
    logger.logLevel = .notice
    let scheme = certificate == nil ? "http" : "https"
    let site = try Site(
      live: running.live, kind: demo ? .demonstration : .trial, settings: settings,
      openID: try provider.settings(at: "\(scheme)://\(host):\(port)"), founding: founding,
      ledgerKey: running.signing, clock: running.clock, story: story, logger: logger)
    let tls = certificate.flatMap { certificate in
      certificateKey.map { ServedTLS(certificateFile: certificate, keyFile: $0) }
    }
    let host = self.host
    try await site.serve(host: host, port: port, tls: tls) { port in
      let address = "\(scheme)://\(host):\(port)"
      Terminal.say("Tandem is at \(address). Stop it with Ctrl-C.")
      if let founding { Terminal.say("Begin the study here; the link is good once: \(address)\(founding.path)") }
    }
    try running.close()
  }
}
