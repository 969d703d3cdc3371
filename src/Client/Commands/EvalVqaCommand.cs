using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Evaluation;
using NSft.Evaluation.Vqa;

namespace NSft.Client.Commands;

/// <summary><c>nsft eval vqa</c>: short answers by exact match.</summary>
internal static class EvalVqaCommand
{
    private const int MaxNewTokens = 24;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string> questions = SharedOptions.Required("--questions", "Questions, rows {question_id, image, text, answer, kind?}");
        EvaluationOptions options = new(MaxNewTokens);
        Command command = new("vqa", "Short answers by exact match after the VQA normalisation") { questions };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = InputPath.File(questions.Name, parsed.GetRequiredValue(questions));
            IReadOnlyList<VqaQuestion> asked = VqaQuestionReader.Read(path);
            (IReadOnlyList<string> answers, EvaluationProtocol protocol) = await options.AnswerAsync(
                parsed, [.. asked.Select(item => item.Question)], new EvaluationProtocol { Data = path }, cancellation);
            Write(VqaScorer.Score(asked, answers), protocol, parsed.GetValue(options.Json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Write(VqaScore score, EvaluationProtocol protocol, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new { Benchmark = "vqa", score.Accuracy, score.ByKind, score.Unparsable, score.Count, protocol });
            return;
        }

        string kinds = string.Concat(score.ByKind.Select(kind => string.Create(CultureInfo.InvariantCulture, $"  {kind.Key} {kind.Value:P1}")));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"VQA  accuracy {score.Accuracy:P1}{kinds}  unparsable {score.Unparsable}  ({score.Count} questions)"));
    }
}
