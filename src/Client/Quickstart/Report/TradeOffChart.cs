using System.Globalization;
using System.Text;

namespace NSft.Client.Quickstart.Report;

/// <summary>The methods as points: invented objects to the right, right answers to the top. Best is top left.</summary>
internal static class TradeOffChart
{
    private const int Width = 320;
    private const int Height = 180;
    private const int Left = 40;
    private const int Right = 70;
    private const int Top = 10;
    private const int Bottom = 28;
    private const double Margin = 0.15;
    private const double LeastSpan = 0.02;

    /// <summary>The chart of all methods.</summary>
    public static string Render(IReadOnlyList<MethodResult> methods)
    {
        (double lowX, double highX) = Range(methods.Select(row => row.Chair.ChairI));
        (double lowY, double highY) = Range(methods.Select(row => row.MeanPopeAccuracy));
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"POPE accuracy over CHAIRi\">");
        foreach (double share in new[] { 0.0, 0.5, 1.0 })
        {
            double accuracy = lowY + (share * (highY - lowY));
            double chair = lowX + (share * (highX - lowX));
            double y = Place(accuracy, lowY, highY, Height - Bottom, Top);
            double x = Place(chair, lowX, highX, Left, Width - Right);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - 8}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{100 * accuracy:0.0}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{Height - 10}\" text-anchor=\"middle\">{100 * chair:0.0}</text>");
        }

        foreach (MethodResult row in methods)
        {
            double x = Place(row.Chair.ChairI, lowX, highX, Left, Width - Right);
            double y = Place(row.MeanPopeAccuracy, lowY, highY, Height - Bottom, Top);
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"5\" style=\"fill: var(--{row.Method})\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"{x + 9:0.#}\" y=\"{y + 4:0.#}\">{Html.Escape(row.Title)}</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double span = Math.Max(LeastSpan, all.Max() - all.Min());
        return (all.Min() - (Margin * span), all.Max() + (Margin * span));
    }

    private static double Place(double value, double low, double high, double from, double to) => from + ((to - from) * (value - low) / (high - low));
}
