using System.Globalization;
using NSft.Client.Output;
using Spectre.Console;

namespace NSft.Client.Processes;

/// <summary>Silo processes for a reader.</summary>
internal static class SiloTable
{
    /// <summary>Writes a line for each process.</summary>
    public static void Write(IReadOnlyList<SiloRecord> records)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("name", "process", "state", "silo", "workers", "log");
        foreach (SiloRecord record in records)
        {
            table.AddRow(
                Markup.Escape(record.Name),
                record.Process.Pid.ToString(CultureInfo.InvariantCulture),
                StateWord(record),
                Markup.Escape(record.Silo ?? "-"),
                record.WorkersPerSilo.ToString(CultureInfo.InvariantCulture) + (record.Cuda ? " + GPUs" : ""),
                Markup.Escape(record.Log ?? "terminal"));
        }

        ConsoleOutput.WriteTable(table);
    }

    /// <summary>What a process does, in a word.</summary>
#pragma warning disable CA1308 // a word shown to a reader
    public static string StateWord(SiloRecord record) => record.Process.IsStopped ? "frozen" : record.State.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
