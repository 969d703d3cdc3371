using System.Buffers;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Texts are free of what conversation templates put between turns.</summary>
internal sealed class TemplateTokenCheck : IRowCheck
{
    /// <summary>Tokens of the templates that NSft trains with: its readers refuse rows that hold one.</summary>
    private static readonly string[] Refused = ["</s>", "<s>", "USER:", "ASSISTANT:"];

    private static readonly string[] Foreign =
        ["<unk>", "<pad>", "<|im_start|>", "<|im_end|>", "<|endoftext|>", "[INST]", "[/INST]", "<<SYS>>", "<im_start>", "<im_end>", "<im_patch>", "###Human:", "###Assistant:"];

    private static readonly SearchValues<string> Any = SearchValues.Create([.. Refused, .. Foreign, RecordTexts.ImageMarker], StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Check(DatasetRecord record, RowFindings findings)
    {
        foreach ((string part, DatasetMessage message) in RecordTexts.All(record))
        {
            if (message.Role != DatasetRole.System && message.Text.AsSpan().ContainsAny(Any))
            {
                Report(part, message, findings);
            }
        }
    }

    private static void Report(string part, DatasetMessage message, RowFindings findings)
    {
        bool isPrompt = part == RecordTexts.Prompt && message.Role == DatasetRole.Human;
        foreach (string token in Refused.Where(token => message.Text.Contains(token, StringComparison.Ordinal)))
        {
            findings.Error(ProblemKind.TemplateToken, $"template token '{token}' in {part}", "remove it: the template adds it, and a second one ends or begins a turn");
        }

        // A question's markers are counted elsewhere; behind the prompt no image can follow.
        if (!isPrompt && message.Text.Contains(RecordTexts.ImageMarker, StringComparison.Ordinal))
        {
            findings.Error(ProblemKind.TemplateToken, $"image marker in {part}", "remove it: images belong to the first question");
        }

        foreach (string token in Foreign.Where(token => message.Text.Contains(token, StringComparison.Ordinal)))
        {
            findings.Warn(ProblemKind.TemplateToken, $"token '{token}' of another template in {part}", "remove it, unless the text is about it");
        }
    }
}
