import Glibc
import PackagePlugin

/// Says which commit a target was built from. Git writes the log of its head whenever that moves; in a
/// copy without a history there is none.
@main
struct CommitPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let output = context.pluginWorkDirectoryURL.appending(path: "Commit.swift")
    let log = context.package.directoryURL.appending(path: ".git/logs/HEAD")
    let logs = access(log.path, R_OK) == 0 ? [log] : []
    return [
      .buildCommand(
        displayName: "Noting the commit",
        executable: try context.tool(named: "Embed").url,
        arguments: ["--commit", output.path] + logs.map(\.path),
        inputFiles: logs,
        outputFiles: [output])
    ]
  }
}
