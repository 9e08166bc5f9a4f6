extension Program {
  /// https://zsh.sourceforge.io/Doc/Release/Completion-System.html, `_arguments`
  var zshCompletions: String {
    let common = (options + Option.builtIn).map { "    \(spec(of: $0))\n" }.joined()
    let names = commands.map {
      "    " + shellQuoted("\($0.name):\(escaped($0.summary, "\\:"))") + "\n"
    }
    return """
      #compdef \(name)
      # zsh completion for \(name): \(name) completions zsh > ~/.zfunc/_\(name)
      _\(name)() {
        local curcontext=$curcontext state line
        typeset -A opt_args
        local -a names=(
      \(names.joined())  )
        local -a common=(
      \(common)  )
        _arguments -C $common '1: :->command' '*:: :->rest'
        case $state in
          command) _describe command names ;;
          rest)
            case $words[1] in
      \(commands.map(commandCase).joined())        esac ;;
        esac
      }
      if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
        _\(name) "$@"
      else
        compdef _\(name) \(name)
      fi

      """
  }

  private func commandCase(_ command: Command) -> String {
    let isUsual = command.without.isEmpty
    let common = isUsual ? [] : (common(of: command) + Option.builtIn).map(spec)
    let specs =
      common + command.options.map(spec)
      + command.operands.map { spec(of: $0, of: command) }
    let lines =
      ["_arguments" + (isUsual ? " $common" : "")] + specs.map { "          \($0)" }
    return "        \(command.name)) \(lines.joined(separator: " \\\n")) ;;\n"
  }

  private func spec(of option: Option) -> String {
    let summary = "[\(escaped(option.summary, "\\[]"))]"
    let placeholder =
      option.placeholder.map { ":\(escaped($0, "\\:")):\(action(of: option))" } ?? ""
    let isRepeatable = option.arity != .once
    guard let short = option.short else {
      return shellQuoted((isRepeatable ? "*" : "") + option.flag + summary + placeholder)
    }
    let exclusion = isRepeatable ? "*" : "(-\(short) \(option.flag))"
    return
      "\(shellQuoted(exclusion)){-\(short),\(option.flag)}\(shellQuoted(summary + placeholder))"
  }

  private func spec(of operand: Operand, of command: Command) -> String {
    let place = operand.isRepeated ? "*" : operand.isRequired ? "" : ":"
    let action = action(choices: words(for: operand, of: command), operand.completion)
    return shellQuoted("\(place):\(escaped(operand.name, "\\:")):\(action)")
  }

  private func action(of option: Option) -> String {
    action(choices: option.choices, option.completion)
  }

  private func action(choices: [String], _ completion: Completion) -> String {
    if !choices.isEmpty { return "(\(choices.joined(separator: " ")))" }
    return switch completion {
    case .nothing: " "
    case .files: "_files"
    case .directories: "_files -/"
    }
  }
}

private func escaped(_ text: String, _ special: String) -> String {
  text.reduce(into: "") { $0 += special.contains($1) ? "\\\($1)" : String($1) }
}
