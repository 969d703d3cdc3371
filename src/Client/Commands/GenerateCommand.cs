using System.CommandLine;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Evaluation.Questions;
using NSft.Evaluation.Running;
using NSft.Model.Generation;

namespace NSft.Client.Commands;

/// <summary><c>nsft generate</c>: the model's answer to one question about one image.</summary>
internal static class GenerateCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        ModelOptions model = new();
        Option<string> image = SharedOptions.Required("--image", "JPEG or PNG file");
        Option<string> prompt = SharedOptions.Required("--prompt", "Question about the image");
        Option<int> maxNewTokens = SharedOptions.Count("--max-new-tokens", 128, "Longest answer in tokens");
        Option<double> temperature = SharedOptions.WithDefault("--temperature", 0.0, "0 takes the likeliest token; above 0 samples");
        Option<int> topK = SharedOptions.Count("--top-k", 0, "Sample among the k likeliest tokens; 0 for all", least: 0);
        Option<double> topP = SharedOptions.WithDefault("--top-p", 1.0, "Sample among the fewest tokens that reach this probability");
        Option<ulong> seed = SharedOptions.WithDefault("--seed", 0UL, "Seed of sampling");
        Option<bool> json = SharedOptions.Json();
        Command command = new("generate", "Answer a question about an image");
        model.AddTo(command);
        foreach (Option option in new Option[] { image, prompt, maxNewTokens, temperature, topK, topP, seed, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            string path = InputPath.File(image.Name, parsed.GetRequiredValue(image));
            AnswerOptions options = model.Resolve(parsed, Path.GetDirectoryName(Path.GetFullPath(path))!) with { ThreadCount = 1, BatchSize = 1 };
            SamplingOptions sampling = Checked(new SamplingOptions(
                parsed.GetValue(maxNewTokens), parsed.GetValue(temperature), parsed.GetValue(topK), parsed.GetValue(topP), parsed.GetValue(seed)));
            using ModelAnswerer answerer = ModelAnswerer.Open(options);
            EvaluationQuestion question = new("--prompt", Path.GetFileName(path), parsed.GetRequiredValue(prompt));
            GeneratedAnswer answer = (await answerer.GenerateAsync([question], sampling, cancellation: cancellation))[0];
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(new { answer.Text, answer.Ids });
            }
            else
            {
                await Console.Out.WriteLineAsync(answer.Text);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static SamplingOptions Checked(SamplingOptions sampling)
    {
        if (!double.IsFinite(sampling.Temperature) || sampling.Temperature < 0)
        {
            throw new UserInputException("--temperature must be 0 or more");
        }

        return sampling.TopP is > 0 and <= 1 ? sampling : throw new UserInputException("--top-p must be above 0 and at most 1");
    }
}
