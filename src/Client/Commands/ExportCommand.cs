using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Model;
using NSft.Model.Weights;
using static TorchSharp.torch;

namespace NSft.Client.Commands;

/// <summary><c>nsft export</c>: writes a model anew, with an adapter merged, in another number type, under other names or in other shards.</summary>
internal static class ExportCommand
{
    private const string Same = "same";

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string> model = SharedOptions.Required("--model", "Model folder in Hugging Face form");
        Option<string?> adapter = SharedOptions.Optional("--adapter", "LoRA folder in PEFT form, to merge into the weights");
        Option<string> output = SharedOptions.Required("--out", "Folder for the model; it appears when it is complete");
        Option<string> dtype = SharedOptions.OneOf("--dtype", Same, "Number type of the file", Same, "float32", "bfloat16", "float16");
        Option<string> names = SharedOptions.OneOf(
            "--names", Same, "Tensor names: hub (language_model.model.*) or current (transformers 4.52 and later)", Same, "hub", "current");
        Option<string?> shardSize = SharedOptions.Optional("--shard-size", "Largest file, for example 5GB or 200MB (default 5GB)");
        Option<bool> overwrite = new("--overwrite") { Description = "Replace what is in the output folder" };
        Option<bool> json = SharedOptions.Json();
        Command command = new("export", "Write a model anew: adapter merged, other number type, names or shards")
        {
            model, adapter, output, dtype, names, shardSize, overwrite, json,
        };
        command.SetAction(parsed =>
        {
            string source = InputPath.Folder(model.Name, parsed.GetRequiredValue(model));
            string? merged = parsed.GetValue(adapter) is string folder ? InputPath.Folder(adapter.Name, folder) : null;
            string target = OutputDirectory.Check(parsed.GetRequiredValue(output), parsed.GetValue(overwrite));
            SaveOptions save = new(Dtype(parsed.GetRequiredValue(dtype)), ByteSize.Parse(shardSize.Name, parsed.GetValue(shardSize)), Naming(parsed.GetRequiredValue(names)));
            Export(source, merged, target, save);
            Write(target, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Export(string source, string? adapter, string target, SaveOptions save)
    {
        if (Path.GetFullPath(source).TrimEnd('/') == Path.GetFullPath(target).TrimEnd('/'))
        {
            throw new UserInputException($"--out {target}: is the model's own folder; name another");
        }

        using LlavaModel model = LlavaModel.Load(source, new ModelLoadOptions(ScalarType.Float32, CPU, adapter));
        if (adapter is not null)
        {
            model.MergeAdapter();
        }

        bool isNew = !Directory.Exists(target);
        try
        {
            model.Save(target, save);
        }
        catch when (isNew && Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
            throw;
        }

        TokenizerCopy.Write(source, target);
    }

    private static void Write(string target, bool asJson)
    {
        FileInfo[] files = [.. Directory.GetFiles(target, "*.safetensors").Order(StringComparer.Ordinal).Select(path => new FileInfo(path))];
        if (asJson)
        {
            ConsoleOutput.WriteJson(new { Out = target, Files = files.Select(file => file.Name), Bytes = files.Sum(file => file.Length) });
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {files.Length} safetensors, {files.Sum(file => file.Length):#,0} bytes"));
    }

    private static ScalarType? Dtype(string name) => name switch
    {
        "float32" => ScalarType.Float32,
        "bfloat16" => ScalarType.BFloat16,
        "float16" => ScalarType.Float16,
        _ => null,
    };

    private static CheckpointNaming? Naming(string name) => name switch
    {
        "hub" => CheckpointNaming.Hub,
        "current" => CheckpointNaming.Current,
        _ => null,
    };
}
