using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NSft.Client.Output;

/// <summary>Units per second of a progress task.</summary>
internal sealed class RateColumn(string unit) : ProgressColumn
{
    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        double seconds = task.ElapsedTime?.TotalSeconds ?? 0;
        return new Text(seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"{task.Value / seconds:0.#} {unit}/s") : "");
    }
}
