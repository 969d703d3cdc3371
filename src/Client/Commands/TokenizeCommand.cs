using System.CommandLine;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Model.Tokenization;

namespace NSft.Client.Commands;

/// <summary><c>nsft tokenize</c>: the ids of a text.</summary>
internal static class TokenizeCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string> tokenizer = SharedOptions.Required("--tokenizer", "SentencePiece file, tokenizer.model");
        Option<string> text = SharedOptions.Required("--text", "Text to encode");
        Option<bool> json = SharedOptions.Json();
        Command command = new("tokenize", "Encode a text into token ids") { tokenizer, text, json };
        command.SetAction(parsed =>
        {
            string path = InputPath.File(tokenizer.Name, parsed.GetRequiredValue(tokenizer));
            IReadOnlyList<int> ids = SentencePieceTokenizer.Load(path).Encode(parsed.GetRequiredValue(text));
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(new { Ids = ids });
            }
            else
            {
                Console.Out.WriteLine(string.Join(' ', ids));
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
