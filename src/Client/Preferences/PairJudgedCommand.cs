using System.CommandLine;
using System.Globalization;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Data;
using NSft.Data.Preferences;

namespace NSft.Client.Preferences;

/// <summary><c>nsft pair judged</c>: pairs of rated answers, or one of the data sets that they are compared with.</summary>
internal static class PairJudgedCommand
{
    private const string Pairs = "pairs";
    private const string StandardSft = "sft";
    private const string RejectionSampling = "rejection-sampling";
    private const string SteerLm = "steerlm";
    private const string BestWithWorst = "best-worst";
    private const string BestWithAll = "best-all";

    private static readonly RatedPairOptions Defaults = new();

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string> ratings = SharedOptions.Required("--ratings", "Rated answers (nsft judge)");
        Option<string> form = SharedOptions.OneOf(
            "--as", Pairs, "What to write: preference rows, or conversations for a baseline", Pairs, StandardSft, RejectionSampling, SteerLm);
        Option<string> weights = SharedOptions.WithDefault("--weights", "helpfulness=1,correctness=1,coherence=1", "What the score adds up");
        Option<double> gap = SharedOptions.WithDefault("--min-gap", Defaults.LeastGap, "By how much the chosen answer must score higher");
        Option<string> rule = SharedOptions.OneOf("--pairing", BestWithWorst, "Which answers of a prompt make pairs", BestWithWorst, BestWithAll);
        Option<string> output = SharedOptions.Required("--out", "File to write");
        Option<bool> json = SharedOptions.Json();
        Command command = new("judged", "The best rated answer is chosen, a worse one is rejected") { ratings, form, weights, gap, rule, output, json };
        command.SetAction(parsed =>
        {
            RatedPairOptions options = new()
            {
                Weights = RatedPairOptions.ParseWeights(parsed.GetRequiredValue(weights)),
                LeastGap = Checked(gap.Name, parsed.GetValue(gap)),
                Rule = parsed.GetRequiredValue(rule) == BestWithAll ? PairingRule.BestWithAll : PairingRule.BestWithWorst,
            };
            IEnumerable<RatedRow> rows = RatingFile.Read(InputPath.File(ratings.Name, parsed.GetRequiredValue(ratings)));
            string path = InputPath.Writable(output.Name, parsed.GetRequiredValue(output));
            return Write(parsed.GetRequiredValue(form), rows, options, path, parsed.GetValue(json));
        });
        return command;
    }

    private static int Write(string form, IEnumerable<RatedRow> rows, RatedPairOptions options, string path, bool asJson)
    {
        PairTally tally = new();
        if (form == Pairs)
        {
            return PairCommand.Write(path, RatedPairs.Make(rows, options, tally), tally, asJson);
        }

        LlavaConversationWriter.Write(path, form switch
        {
            StandardSft => BaselineRows.StandardSft(rows, tally),
            RejectionSampling => BaselineRows.RejectionSampling(rows, options, tally),
            _ => BaselineRows.SteerLm(rows, tally),
        });
        PairCommand.Report(path, tally, "conversations", asJson);
        return ExitCodes.Success;
    }

    private static double Checked(string name, double gap) => double.IsFinite(gap) && gap >= 0
        ? gap
        : throw new UserInputException(string.Create(CultureInfo.InvariantCulture, $"{name} must be 0 or more, got {gap}"));
}
