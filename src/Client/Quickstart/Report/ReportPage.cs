using System.Globalization;
using System.Text;
using NSft.Evaluation.Chair;

namespace NSft.Client.Quickstart.Report;

/// <summary>The quickstart's result as one HTML page that needs no other file.</summary>
internal static class ReportPage
{
    private const string StyleResource = "NSft.Client.report.css";

    /// <summary>The page.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="truth">Annotations of the evaluation images.</param>
    /// <param name="imageDirectory">Where the images are.</param>
    public static string Render(QuickstartResult result, ChairAnnotations truth, string imageDirectory)
    {
        StringBuilder html = new();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>nSFT on the scenes sample</title><style>\n")
            .Append(Style()).Append("</style></head><body><main>\n");
        AppendHead(html, result);
        AppendTable(html, result.Methods);
        AppendCharts(html, result.Methods);
        AppendGallery(html, result, truth, imageDirectory);
        html.Append(CultureInfo.InvariantCulture, $"<footer>Made by <code>nsft quickstart</code> in {result.Duration.TotalSeconds:0} s on {Environment.ProcessorCount} cores.</footer>");
        return html.Append("</main></body></html>\n").ToString();
    }

    private static void AppendHead(StringBuilder html, QuickstartResult result)
    {
        MethodResult before = result.Methods[0];
        html.Append("<h1>What negative supervision changes</h1><p class=\"soft\">")
            .Append(CultureInfo.InvariantCulture, $"A vision-language model that invents objects was aligned in {result.Methods.Count - 1} ways from the same start, ")
            .Append(CultureInfo.InvariantCulture, $"on {result.Construction.Summary.PairCount} preference pairs, {result.Shape.Epochs} {(result.Shape.Epochs == 1 ? "epoch" : "epochs")}, batch {result.Shape.GlobalBatch}, ")
            .Append(CultureInfo.InvariantCulture, $"{result.Shape.WorkerCount} {(result.Shape.WorkerCount == 1 ? "worker" : "workers")}. Scores are on images it was not trained on.</p><ul class=\"cards\">");
        if (result.Methods.FirstOrDefault(row => row.Method == QuickstartMethods.Nsft) is MethodResult nsft)
        {
            AppendCard(html, $"{ReportNumbers.Percent(before.Chair.ChairI)} → {ReportNumbers.Percent(nsft.Chair.ChairI)} %", "object mentions that are invented (CHAIRi), before and after nSFT");
            AppendCard(html, $"{ReportNumbers.Percent(before.MeanPopeAccuracy)} → {ReportNumbers.Percent(nsft.MeanPopeAccuracy)} %", "right answers to “Is there a …?” (POPE, mean of three splits)");
            MethodResult? dpo = result.Methods.FirstOrDefault(row => row.Method == QuickstartMethods.Dpo);
            if (nsft.PeakExtraBytes is long mine && dpo?.PeakExtraBytes is long others and > 0)
            {
                AppendCard(html, string.Create(CultureInfo.InvariantCulture, $"{(double)mine / others:0.00}×"), "of DPO's memory above weights, gradients and optimizer state");
            }
        }

        AppendCard(html, result.Construction.Summary.TurnCount.ToString(CultureInfo.InvariantCulture), "corrective turns built from " + ErrorText(result));
        html.Append("</ul>\n");
    }

    private static string ErrorText(QuickstartResult result) =>
        result.Construction.Summary.ErrorsByKind.Count == 0
            ? "the rejected answers"
            : "errors of " + string.Join(", ", result.Construction.Summary.ErrorsByKind.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} ({kind.Value})")));

    private static void AppendCard(StringBuilder html, string number, string text) =>
        html.Append("<li><b>").Append(Html.Escape(number)).Append("</b><span>").Append(Html.Escape(text)).Append("</span></li>");

    private static void AppendTable(StringBuilder html, IReadOnlyList<MethodResult> methods)
    {
        html.Append("<h2>Scores</h2><p class=\"soft\">Percent; the best of a column is shaded. CHAIR: lower is better. Peak memory is one worker's, above weights, gradients and optimizer state.</p>")
            .Append("<div class=\"panel scroll\"><table><thead><tr><th>method</th>");
        foreach (ComparisonColumn column in ComparisonColumn.All)
        {
            html.Append("<th>").Append(Html.Escape(column.Title)).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (MethodResult row in methods)
        {
            html.Append("<tr><td><span class=\"dot\" style=\"background: var(--").Append(row.Method).Append(")\"></span>").Append(Html.Escape(row.Title)).Append("</td>");
            foreach (ComparisonColumn column in ComparisonColumn.All)
            {
                html.Append(column.IsBest(row, methods) ? "<td class=\"best\">" : "<td>").Append(Html.Escape(column.Text(row))).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static void AppendCharts(StringBuilder html, IReadOnlyList<MethodResult> methods)
    {
        html.Append("<h2>Trade-off and training</h2><p class=\"soft\">Top left is best: few invented objects, right answers to yes-no questions. ")
            .Append("Losses have their own scales: token means for SFT, the sum of two token means for nSFT, the preference loss for DPO.</p><div class=\"charts\">")
            .Append("<section class=\"panel\"><h3>POPE mean over CHAIRi</h3>").Append(TradeOffChart.Render(methods)).Append("</section>");
        foreach (MethodResult row in methods.Where(row => row.Steps.Count > 0))
        {
            html.Append("<section class=\"panel\"><h3>Loss of ").Append(Html.Escape(row.Title)).Append("</h3>").Append(LossChart.Render(row.Method, row.Steps)).Append("</section>");
        }

        html.Append("</div>\n");
    }

    private static void AppendGallery(StringBuilder html, QuickstartResult result, ChairAnnotations truth, string imageDirectory)
    {
        MethodResult before = result.Methods[0];
        MethodResult after = result.Methods.FirstOrDefault(row => row.Method == QuickstartMethods.Nsft) ?? result.Methods[^1];
        html.Append("<h2>Before and after</h2><p class=\"soft\">Descriptions of evaluation images. Struck words name objects that are not there; the last card is one that nSFT still gets wrong.</p>")
            .Append(Gallery.Render(truth, Gallery.Choose(truth, before, after), result.Methods, imageDirectory));
    }

    private static string Style()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(StyleResource)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
