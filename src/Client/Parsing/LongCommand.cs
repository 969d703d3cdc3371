using System.CommandLine;

namespace NSft.Client.Parsing;

/// <summary>A verb that hears signals itself and takes its time to end: nothing else may end it after a few seconds.</summary>
internal sealed class LongCommand(string name, string description) : Command(name, description);
