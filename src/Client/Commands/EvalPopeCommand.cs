using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Evaluation;
using NSft.Evaluation.Pope;

namespace NSft.Client.Commands;

/// <summary><c>nsft eval pope</c>: does the model say which objects are there?</summary>
internal static class EvalPopeCommand
{
    private const int MaxNewTokens = 24;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string> questions = SharedOptions.Required("--questions", "POPE questions, JSON lines {question_id, image, text, label}");
        Option<string> rule = SharedOptions.OneOf(
            "--parse", "official", "official: no when the first sentence holds No, no or not; prefix: yes when it starts with yes",
            "official", "prefix");
        EvaluationOptions options = new(MaxNewTokens);
        Command command = new("pope", "Polling questions about objects: accuracy, precision, recall, F1, yes-ratio") { questions, rule };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = InputPath.File(questions.Name, parsed.GetRequiredValue(questions));
            IReadOnlyList<PopeQuestion> asked = PopeQuestionReader.Read(path);
            string ruleName = parsed.GetRequiredValue(rule);
            (IReadOnlyList<string> answers, EvaluationProtocol protocol) = await options.AnswerAsync(
                parsed, [.. asked.Select(item => item.Question)], new EvaluationProtocol { Data = path, ParseRule = ruleName }, cancellation);
            PopeScore score = PopeScorer.Score(asked, answers, ruleName == "prefix" ? PopeParseRule.Prefix : PopeParseRule.Official);
            Write(score, protocol, parsed.GetValue(options.Json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Write(PopeScore score, EvaluationProtocol protocol, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                Benchmark = "pope",
                score.Accuracy,
                score.Precision,
                score.Recall,
                score.F1,
                score.YesRatio,
                score.Unparsable,
                score.Count,
                protocol,
            });
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"POPE  accuracy {score.Accuracy:P1}  precision {score.Precision:P1}  recall {score.Recall:P1}  F1 {score.F1:P1}  "
            + $"yes-ratio {score.YesRatio:P1}  unparsable {score.Unparsable}  ({score.Count} questions)"));
    }
}
