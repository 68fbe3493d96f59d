/// Every way into the site. A test asks each with every role and with none.
enum Routes {
  static let all: [Route] =
    AssetPages.routes + FoundingPages.routes + SignInPages.routes + OwnAccountPages.routes + TodayPage.routes
    + ParticipantList.routes
    + ParticipantPage.routes + FormPage.routes + ScreeningPage.routes + QueryPage.routes
    + StudyPage.routes + AuditPage.routes + AccountPage.routes + HelpPage.routes
    + ActPages.routes
}
