// The API: for programs, all that the pages show and record. A route says its path, who may, what is sent and what is
// answered; the server asks for all of that, and the document is made from it.

import Conduct
import HTTPTypes

/// Every way into the API.
enum APIRoutes {
  /// Where it is.
  static let root = "/api"

  static let all: [Route] =
    [document] + SessionRoutes.all + WorkRoutes.all + ParticipantRoutes.all + CasebookRoutes.all + ProductRoutes.all
    + SafetyRoutes.all + ScreeningRoutes.all + StudyRoutes.all + AuditRoutes.all + ExportRoutes.all + CommandRoutes.all

  /// The document itself.
  private static let document = Route(.get, root + "/openapi.json", .everyone) { request in
    .json(OpenAPI(routes: Routes.all, isSecure: request.site.settings.isSecure).text)
  }
}
