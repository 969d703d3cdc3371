using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using NSft.Client.Output;

namespace NSft.Client.Parsing;

/// <summary>Says in one line what is wrong with a command line, with the nearest thing that would be right.</summary>
internal static partial class ParseErrorLine
{
    /// <summary>The first error of <paramref name="parsed"/>.</summary>
    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string verb = VerbPath(parsed.CommandResult);
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return Unknown(command, verb, parsed.UnmatchedTokens[0]);
        }

        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            string choices = string.Join(", ", command.Subcommands.Select(sub => sub.Name));
            return $"{verb}say what to do: {choices}; --help explains";
        }

        string message = FailureReport.OneLine(parsed.Errors[0].Message).TrimEnd('.');
        return verb + TypeName().Replace(message, match => match.Groups[1].Value switch
        {
            "System.Int32" or "System.Int64" or "System.UInt64" => "as a whole number",
            "System.Double" or "System.Single" => "as a number",
            _ => "as its value",
        });
    }

    private static string Unknown(Command command, string verb, string token)
    {
        bool isOption = token.StartsWith('-');
        string name = token.Split('=')[0];
        IEnumerable<string> known = isOption
            ? command.Options.SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.Select(sub => sub.Name);
        string? near = Suggestion.Nearest(name, known);
        string what = isOption ? "unknown option" : command.Subcommands.Count > 0 ? "unknown verb" : "unexpected argument";
        string hint = near is null ? "--help lists what there is" : $"did you mean {near}?";
        return $"{verb}{what} {name}; {hint}";
    }

    private static string VerbPath(CommandResult result)
    {
        List<string> names = [];
        for (SymbolResult? current = result; current is CommandResult command; current = command.Parent)
        {
            if (command.Parent is not null)
            {
                names.Insert(0, command.Command.Name);
            }
        }

        return names.Count == 0 ? "" : string.Join(' ', names) + ": ";
    }

    [GeneratedRegex("as expected type '([^']+)'")]
    private static partial Regex TypeName();
}
