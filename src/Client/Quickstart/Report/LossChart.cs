using System.Globalization;
using System.Text;

namespace NSft.Client.Quickstart.Report;

/// <summary>A loss curve as inline SVG: the loss of each step faint, its running mean strong.</summary>
internal static class LossChart
{
    private const int Width = 320;
    private const int Height = 180;
    private const int Left = 40;
    private const int Right = 8;
    private const int Top = 10;
    private const int Bottom = 24;
    private const int GridLines = 4;
    private const double Smoothing = 0.85;

    /// <summary>The chart of one method.</summary>
    public static string Render(string method, IReadOnlyList<TrainingPoint> points)
    {
        double top = points.Max(point => point.Loss) * 1.05;
        int last = points[^1].Step;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Loss by step\">");
        for (int line = 0; line <= GridLines; line++)
        {
            double loss = top * line / GridLines;
            double y = Y(loss, top);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{loss:0.00}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Height - 6}\">1</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right}\" y=\"{Height - 6}\" text-anchor=\"end\">step {last}</text>");
        AppendLine(svg, "raw", method, points, last, top);
        AppendLine(svg, "curve", method, Smooth(points), last, top);
        return svg.Append("</svg>").ToString();
    }

    private static void AppendLine(StringBuilder svg, string style, string method, IReadOnlyList<TrainingPoint> points, int last, double top)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{style}\" style=\"stroke: var(--{method})\" points=\"");
        foreach (TrainingPoint point in points)
        {
            double x = Left + ((Width - Left - Right) * (last > 1 ? (point.Step - 1.0) / (last - 1) : 0));
            svg.Append(CultureInfo.InvariantCulture, $"{x:0.#},{Y(point.Loss, top):0.#} ");
        }

        svg.Append("\"/>");
    }

    private static double Y(double loss, double top) => Top + ((Height - Top - Bottom) * (1 - (top > 0 ? loss / top : 0)));

    private static List<TrainingPoint> Smooth(IReadOnlyList<TrainingPoint> points)
    {
        List<TrainingPoint> smooth = [];
        double mean = 0;
        double weight = 0;
        foreach (TrainingPoint point in points)
        {
            mean = (Smoothing * mean) + ((1 - Smoothing) * point.Loss);
            weight = (Smoothing * weight) + (1 - Smoothing);
            smooth.Add(point with { Loss = mean / weight });
        }

        return smooth;
    }
}
