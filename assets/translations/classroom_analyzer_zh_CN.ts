<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ByDialog</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose: {setting}</source>
        <translation>选择：{setting}</translation>
    </message>
</context>
<context>
    <name>ChatEntry</name>
    <message>
        <source>Type a line, then Enter</source>
        <translation>输入一行，然后按 Enter</translation>
    </message>
    <message>
        <source>Your own chat line</source>
        <translation>您自己的聊天内容</translation>
    </message>
    <message>
        <source>Your own line, kept as the teacher&apos;s (Enter)</source>
        <translation>您自己的一行，作为教师发言保存（Enter）</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Paste chat lines</source>
        <translation>粘贴聊天内容</translation>
    </message>
    <message>
        <source>Take chat lines from the clipboard; lines already here count once (Ctrl+V)</source>
        <translation>从剪贴板读取聊天内容；已有的内容只计一次（Ctrl+V）</translation>
    </message>
    <message>
        <source>Lines taken: {n}</source>
        <translation>已读取行数：{n}</translation>
    </message>
    <message>
        <source>already here: {n}</source>
        <translation>已存在：{n}</translation>
    </message>
    <message>
        <source>private and left out: {n}</source>
        <translation>私聊，未读取：{n}</translation>
    </message>
    <message>
        <source>not readable: {n}</source>
        <translation>无法读取：{n}</translation>
    </message>
</context>
<context>
    <name>ChatPane</name>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Chat lines, newest last</source>
        <translation>聊天内容，最新的在最后</translation>
    </message>
    <message>
        <source>No messages yet.</source>
        <translation>还没有消息。</translation>
    </message>
    <message>
        <source>questions: {n}</source>
        <translation>提问：{n}</translation>
    </message>
</context>
<context>
    <name>ClassLine</name>
    <message>
        <source>Class line</source>
        <translation>班级曲线</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Why the class line is where it is</source>
        <translation>班级曲线为什么在这个位置</translation>
    </message>
    <message>
        <source>Say what the line rests on; click the line to ask about any moment of it</source>
        <translation>说明曲线的依据；点击曲线可询问任一时刻</translation>
    </message>
    <message>
        <source>Class line in words</source>
        <translation>班级曲线的文字说明</translation>
    </message>
    <message>
        <source>Calibration lesson: the class line is hidden until the end, so that your marks are your own.
Press W when the class is with you and L when it is lost. Marks so far: {n}</source>
        <translation>校准课：班级曲线在结束前隐藏，以免影响您的标记。
学生跟得上时按 W，没跟上时按 L。已有标记：{n}</translation>
    </message>
    <message>
        <source>{time}  {reason}</source>
        <translation>{time}  {reason}</translation>
    </message>
    <message>
        <source>{time}  {value:.2f}, model range {low:.2f} to {high:.2f}, coverage {coverage:.2f}</source>
        <translation>{time}  {value:.2f}，模型区间 {low:.2f} 至 {high:.2f}，覆盖率 {coverage:.2f}</translation>
    </message>
    <message>
        <source>class</source>
        <translation>班级</translation>
    </message>
    <message>
        <source>model range (80 %)</source>
        <translation>模型区间（80 %）</translation>
    </message>
    <message>
        <source>this lesson&apos;s median</source>
        <translation>本节课的中位数</translation>
    </message>
    <message>
        <source>share observed</source>
        <translation>观察到的比例</translation>
    </message>
</context>
<context>
    <name>ClassPlot</name>
    <message>
        <source>Plot of the class line, last ten minutes. Arrow keys move the cursor, Enter says why.</source>
        <translation>班级曲线图，最近十分钟。方向键移动光标，Enter 说明原因。</translation>
    </message>
</context>
<context>
    <name>ClassTable</name>
    <message>
        <source>Last ten minutes as a table</source>
        <translation>最近十分钟的表格</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Estimate, 0 to 1</source>
        <translation>估计值，0 到 1</translation>
    </message>
    <message>
        <source>Model range</source>
        <translation>模型区间</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>观察到</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Last ten minutes, newest first</source>
        <translation>最近十分钟，最新的在前</translation>
    </message>
</context>
<context>
    <name>CompactStrip</name>
    <message>
        <source>Classroom Analyzer, strip</source>
        <translation>Classroom Analyzer 悬浮条</translation>
    </message>
    <message>
        <source>Lesson strip</source>
        <translation>课堂悬浮条</translation>
    </message>
    <message>
        <source>With me</source>
        <translation>跟得上</translation>
    </message>
    <message>
        <source>The class is with me</source>
        <translation>学生跟得上</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>没跟上</translation>
    </message>
    <message>
        <source>The class is lost</source>
        <translation>学生没跟上</translation>
    </message>
    <message>
        <source>Back to the whole window</source>
        <translation>返回完整窗口</translation>
    </message>
    <message>
        <source>{what}. Undo</source>
        <translation>{what}。撤销</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ContributionBars</name>
    <message>
        <source>What goes with the class line: {list}</source>
        <translation>与班级曲线相关的来源：{list}</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>hardly matters</source>
        <translation>几乎没有影响</translation>
    </message>
    <message>
        <source>goes with higher</source>
        <translation>与升高相关</translation>
    </message>
    <message>
        <source>goes with lower</source>
        <translation>与降低相关</translation>
    </message>
</context>
<context>
    <name>DeviceBar</name>
    <message>
        <source>Elapsed time</source>
        <translation>已用时间</translation>
    </message>
    <message>
        <source>{now} of {length}</source>
        <translation>{now} / {length}</translation>
    </message>
    <message>
        <source>The newest figures came {n:.0f} s late.</source>
        <translation>最新数据晚了 {n:.0f} 秒。</translation>
    </message>
    <message>
        <source>{state}, {time}</source>
        <translation>{state}，{time}</translation>
    </message>
    <message>
        <source>With me</source>
        <translation>跟得上</translation>
    </message>
    <message>
        <source>The class is with me</source>
        <translation>学生跟得上</translation>
    </message>
    <message>
        <source>The class is with me (W)</source>
        <translation>学生跟得上（W）</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>没跟上</translation>
    </message>
    <message>
        <source>The class is lost</source>
        <translation>学生没跟上</translation>
    </message>
    <message>
        <source>The class is lost (L)</source>
        <translation>学生没跟上（L）</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>标记此刻</translation>
    </message>
    <message>
        <source>Mark this moment (M)</source>
        <translation>标记此刻（M）</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Write a note for this moment</source>
        <translation>为此刻写备注</translation>
    </message>
    <message>
        <source>Write a note for this moment (N)</source>
        <translation>为此刻写备注（N）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the lesson</source>
        <translation>停止课堂</translation>
    </message>
    <message>
        <source>Stop the lesson (Ctrl+R)</source>
        <translation>停止课堂（Ctrl+R）</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on with the lesson</source>
        <translation>继续课堂</translation>
    </message>
    <message>
        <source>Look, listen and read again</source>
        <translation>重新开始看、听和读</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause the lesson</source>
        <translation>暂停课堂</translation>
    </message>
    <message>
        <source>Look, listen and read nothing for a while</source>
        <translation>暂时不看、不听、不读</translation>
    </message>
    <message>
        <source>Disk: {left}</source>
        <translation>磁盘：{left}</translation>
    </message>
    <message>
        <source>Disk: {gb:.1f} GB left</source>
        <translation>磁盘：剩余 {gb:.1f} GB</translation>
    </message>
    <message>
        <source>Low. {text}</source>
        <translation>不足。{text}</translation>
    </message>
    <message>
        <source>{gb:.1f} GB free</source>
        <translation>可用 {gb:.1f} GB</translation>
    </message>
</context>
<context>
    <name>DeviceField</name>
    <message>
        <source>{name} (not there now)</source>
        <translation>{name}（现在不可用）</translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose: {name}</source>
        <translation>选择：{name}</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear: {name}</source>
        <translation>清除：{name}</translation>
    </message>
</context>
<context>
    <name>KeyEditor</name>
    <message>
        <source>Learn a key…</source>
        <translation>学习按键…</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>无按键</translation>
    </message>
    <message>
        <source>Usual key</source>
        <translation>默认按键</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>更改按键…</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>更改按键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Seven short steps, about two minutes. Everything stays on this computer, and you can go back or start again at any time.</source>
        <translation>七个简短步骤，约两分钟。所有内容都留在这台电脑上，您可以随时返回或重新开始。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>{heading}: {name}</source>
        <translation>{heading}：{name}</translation>
    </message>
</context>
<context>
    <name>LearnKeyDialog</name>
    <message>
        <source>Learn a key</source>
        <translation>学习按键</translation>
    </message>
    <message>
        <source>Press the key for “{action}”, or the button of the presentation clicker.</source>
        <translation>请按下用于“{action}”的按键，或翻页器上的按钮。</translation>
    </message>
    <message>
        <source>Press a key</source>
        <translation>按下一个按键</translation>
    </message>
    <message>
        <source>waiting for a key</source>
        <translation>正在等待按键</translation>
    </message>
    <message>
        <source>A clicker acts here only while this program has the keyboard, not while slides fill the screen.</source>
        <translation>只有本程序接收键盘输入时翻页器才有效；幻灯片全屏时无效。</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>使用此按键</translation>
    </message>
    <message>
        <source>Another key</source>
        <translation>换一个按键</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>not this one</source>
        <translation>不能用这个</translation>
    </message>
    <message>
        <source>This key works the window itself. Press another one.</source>
        <translation>此按键用于操作窗口本身。请按另一个键。</translation>
    </message>
    <message>
        <source>This key is taken away from “{action}”.</source>
        <translation>此按键将不再用于“{action}”。</translation>
    </message>
</context>
<context>
    <name>LessonStage</name>
    <message>
        <source>Closing the lesson folder…</source>
        <translation>正在关闭课堂文件夹…</translation>
    </message>
    <message>
        <source>There is no text on the clipboard.</source>
        <translation>剪贴板上没有文字。</translation>
    </message>
    <message>
        <source>Still at work; paste again in a moment.</source>
        <translation>仍在处理；请稍后再粘贴。</translation>
    </message>
    <message>
        <source>Writing the report…</source>
        <translation>正在生成报告…</translation>
    </message>
    <message>
        <source>Projector-safe view</source>
        <translation>投影安全视图</translation>
    </message>
    <message>
        <source>Full view</source>
        <translation>完整视图</translation>
    </message>
    <message>
        <source>The report is ready.</source>
        <translation>报告已生成。</translation>
    </message>
    <message>
        <source>The report could not be written.</source>
        <translation>无法写入报告。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>显示文件夹</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Level of the sound</source>
        <translation>声音电平</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>正在听…</translation>
    </message>
    <message>
        <source>No sound arrives.</source>
        <translation>没有收到声音。</translation>
    </message>
    <message>
        <source>Only silence arrives; the microphone may be muted.</source>
        <translation>只收到静音；麦克风可能已静音。</translation>
    </message>
    <message>
        <source>Very quiet. Speak, or move the microphone closer.</source>
        <translation>声音很小。请说话，或把麦克风移近一些。</translation>
    </message>
    <message>
        <source>Too loud. Turn the microphone down.</source>
        <translation>声音太大。请调低麦克风音量。</translation>
    </message>
    <message>
        <source>The level is good.</source>
        <translation>音量合适。</translation>
    </message>
</context>
<context>
    <name>LiveDialog</name>
    <message>
        <source>Live lesson</source>
        <translation>实时课堂</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>不使用麦克风</translation>
    </message>
    <message>
        <source>The system&apos;s microphone</source>
        <translation>系统默认麦克风</translation>
    </message>
    <message>
        <source>Sound of the call</source>
        <translation>通话声音</translation>
    </message>
    <message>
        <source>No call, or heard by the microphone</source>
        <translation>没有通话，或由麦克风收录</translation>
    </message>
    <message>
        <source>Chat file</source>
        <translation>聊天文件</translation>
    </message>
    <message>
        <source>None; lines can be pasted during the lesson</source>
        <translation>无；上课时可以粘贴内容</translation>
    </message>
    <message>
        <source>Attendance file</source>
        <translation>考勤文件</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Choose the attendance file of the meeting</source>
        <translation>选择会议的考勤文件</translation>
    </message>
    <message>
        <source>Sample of your voice</source>
        <translation>您的声音样本</translation>
    </message>
    <message>
        <source>None; your talk is not told from the class&apos;s</source>
        <translation>无；不区分您与学生的讲话</translation>
    </message>
    <message>
        <source>Choose a sound file in which only you speak</source>
        <translation>选择只有您讲话的声音文件</translation>
    </message>
    <message>
        <source>Name of the class</source>
        <translation>班级名称</translation>
    </message>
    <message>
        <source>For example 7b; finds its calibration</source>
        <translation>例如 7b；用于找到该班的校准</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>People in the class</source>
        <translation>班级人数</translation>
    </message>
    <message>
        <source>Seats that stay masked</source>
        <translation>始终遮挡的座位</translation>
    </message>
    <message>
        <source>Numbers, for example 3, 7</source>
        <translation>编号，例如 3, 7</translation>
    </message>
    <message>
        <source>The class can see this screen: show only the lamp and the notice</source>
        <translation>学生能看到此屏幕：只显示指示灯和告知内容</translation>
    </message>
    <message>
        <source>Calibration lesson: hide the line, so that my marks are not led by it</source>
        <translation>校准课：隐藏曲线，使我的标记不受其影响</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>班级</translation>
    </message>
    <message>
        <source>Attendance</source>
        <translation>考勤</translation>
    </message>
    <message>
        <source>Your voice</source>
        <translation>您的声音</translation>
    </message>
    <message>
        <source>Masked seats</source>
        <translation>遮挡的座位</translation>
    </message>
    <message>
        <source>Seats get their numbers when the lesson begins, so mask a person who opted out by a click on the picture as soon as it shows; numbers given here hold from the first second.</source>
        <translation>座位在课堂开始时编号，因此要遮挡不愿参与的人，请在其出现在画面中时立即点击；在此填写的编号从第一秒起生效。</translation>
    </message>
    <message>
        <source>Fewer options</source>
        <translation>更少选项</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message numerus="yes">
        <source>Keep video and sound, encrypted, for %n days</source>
        <translation>
            <numerusform>加密保存视频和声音 %n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep video and sound, encrypted, until I have checked the lesson, %n days at most</source>
        <translation>
            <numerusform>加密保存视频和声音，直到我检查过本节课，最多 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Everyone concerned was told, and whoever opted out is masked</source>
        <translation>已告知所有相关人员，不愿参与者已被遮挡</translation>
    </message>
    <message>
        <source>Everyone in view agreed to an estimate, and whoever did not is masked</source>
        <translation>画面中的每个人都同意进行估计，未同意者已被遮挡</translation>
    </message>
    <message>
        <source>Masked seats are numbers with commas between them, for example 3, 7.</source>
        <translation>遮挡的座位用逗号分隔编号，例如 3, 7。</translation>
    </message>
    <message>
        <source>Choose a picture, a microphone or a chat file.</source>
        <translation>请选择画面、麦克风或聊天文件。</translation>
    </message>
    <message>
        <source>Tick the line above to start; the lamp stays lit while the lesson runs.</source>
        <translation>勾选上面一行即可开始；上课期间指示灯保持点亮。</translation>
    </message>
    <message>
        <source>The lamp stays lit while the lesson runs.</source>
        <translation>上课期间指示灯保持点亮。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Start the live lesson</source>
        <translation>开始实时课堂</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Look again for cameras and microphones</source>
        <translation>重新查找摄像头和麦克风</translation>
    </message>
    <message>
        <source>Start a live lesson</source>
        <translation>开始实时课堂</translation>
    </message>
    <message>
        <source>Choose the chat file</source>
        <translation>选择聊天文件</translation>
    </message>
</context>
<context>
    <name>LiveLayout</name>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>What goes with it</source>
        <translation>相关来源</translation>
    </message>
    <message>
        <source>Built on observable participation. Not a measure of attention, understanding or ability.</source>
        <translation>基于可观察到的参与。不衡量注意力、理解或能力。</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Noted.</source>
        <translation>已记录。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Seat {n} is masked</source>
        <translation>座位 {n} 已遮挡</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>line hidden</source>
        <translation>曲线已隐藏</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>注意事项</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Stop the lesson?</source>
        <translation>停止课堂？</translation>
    </message>
    <message>
        <source>What was measured so far is kept.</source>
        <translation>到目前为止测量的内容会保留。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Classroom Analyzer</source>
        <translation>Classroom Analyzer</translation>
    </message>
    <message>
        <source>{what} The lesson goes on.</source>
        <translation>{what} 课堂继续进行。</translation>
    </message>
    <message>
        <source>A fault inside the program.</source>
        <translation>程序内部出现故障。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Looking at the machine…</source>
        <translation>正在检查这台电脑…</translation>
    </message>
    <message>
        <source>Stop the lesson and close?</source>
        <translation>停止课堂并关闭？</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>The language changes when this lesson is left.</source>
        <translation>离开本节课后语言将更改。</translation>
    </message>
    <message>
        <source>The diagnostics are on the clipboard; they hold no names and no content.</source>
        <translation>诊断信息已在剪贴板上；不含姓名和内容。</translation>
    </message>
    <message>
        <source>The settings cannot be read; the usual ones hold.</source>
        <translation>无法读取设置；现在使用默认设置。</translation>
    </message>
    <message>
        <source>Start afresh</source>
        <translation>使用默认设置重新开始</translation>
    </message>
    <message>
        <source>The settings could not be put aside.</source>
        <translation>无法移走设置文件。</translation>
    </message>
    <message>
        <source>{lesson} – Classroom Analyzer</source>
        <translation>{lesson} – Classroom Analyzer</translation>
    </message>
    <message>
        <source>Back to start</source>
        <translation>返回开始页</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>The lesson has ended.</source>
        <translation>课堂已结束。</translation>
    </message>
    <message>
        <source>All that was measured is in the lesson folder.</source>
        <translation>所有测量内容都在课堂文件夹中。</translation>
    </message>
    <message>
        <source>The lesson ended early.</source>
        <translation>课堂提前结束。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>Marked at {time}</source>
        <translation>已标记于 {time}</translation>
    </message>
    <message>
        <source>{name} at {time}</source>
        <translation>{name}，{time}</translation>
    </message>
    <message>
        <source>Marker {number}</source>
        <translation>标记 {number}</translation>
    </message>
    <message>
        <source>{time}: {text}</source>
        <translation>{time}：{text}</translation>
    </message>
    <message>
        <source>Note kept for {time}</source>
        <translation>已保存 {time} 的备注</translation>
    </message>
    <message>
        <source>Your dispute is kept for {time}</source>
        <translation>已保存您对 {time} 的异议</translation>
    </message>
    <message>
        <source>With me at {time}</source>
        <translation>跟得上，{time}</translation>
    </message>
    <message>
        <source>Lost at {time}</source>
        <translation>没跟上，{time}</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的内容。</translation>
    </message>
    <message>
        <source>The mark at {time} could not be taken back.</source>
        <translation>{time} 的标记无法撤回。</translation>
    </message>
    <message>
        <source>Taken back: {time}</source>
        <translation>已撤回：{time}</translation>
    </message>
</context>
<context>
    <name>NoteLine</name>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Keep the note</source>
        <translation>保存备注</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Drop the note</source>
        <translation>丢弃备注</translation>
    </message>
    <message>
        <source>Note for {time}</source>
        <translation>{time} 的备注</translation>
    </message>
</context>
<context>
    <name>NoticePage</name>
    <message>
        <source>Notice and consent</source>
        <translation>告知与同意</translation>
    </message>
    <message>
        <source>Tell everyone in view before the first lesson, and ask for consent where you need it. This text is a beginning; change it to what holds at your school. It is no legal advice.</source>
        <translation>首次上课前请告知画面中的所有人，并在需要时征得同意。此文本只是起点；请按贵校的规定修改。它不是法律意见。</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>面向谁</translation>
    </message>
    <message>
        <source>Adults and parents</source>
        <translation>成人和家长</translation>
    </message>
    <message>
        <source>Children</source>
        <translation>儿童</translation>
    </message>
    <message>
        <source>Language of the notice</source>
        <translation>告知文本的语言</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Text of the notice</source>
        <translation>告知文本</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文本</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message>
        <source>It could not be saved there; choose another folder.</source>
        <translation>无法保存到该处；请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Save the notice</source>
        <translation>保存告知文本</translation>
    </message>
    <message>
        <source>The text is on the clipboard.</source>
        <translation>文本已在剪贴板上。</translation>
    </message>
</context>
<context>
    <name>NudgeBanner</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Openers</name>
    <message>
        <source>Opening {name}…</source>
        <translation>正在打开 {name}…</translation>
    </message>
    <message>
        <source>Opening the demo lesson…</source>
        <translation>正在打开演示课堂…</translation>
    </message>
    <message>
        <source>The lesson could not be opened.</source>
        <translation>无法打开课堂。</translation>
    </message>
    <message>
        <source>The choice of policy cannot be read.</source>
        <translation>无法读取所选策略。</translation>
    </message>
    <message>
        <source>The choice could not be stored.</source>
        <translation>无法保存所选内容。</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>打开录像</translation>
    </message>
    <message>
        <source>Recordings ({patterns})</source>
        <translation>录像（{patterns}）</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Opening camera and microphone…</source>
        <translation>正在打开摄像头和麦克风…</translation>
    </message>
</context>
<context>
    <name>Packs</name>
    <message>
        <source>Packs</source>
        <translation>扩展包</translation>
    </message>
    <message>
        <source>Packs (optional)</source>
        <translation>扩展包（可选）</translation>
    </message>
    <message>
        <source>All works without them. Each is checked before it is used.</source>
        <translation>没有它们也能正常工作。每个扩展包使用前都会检查。</translation>
    </message>
    <message>
        <source>Choose the file of the pack</source>
        <translation>选择扩展包文件</translation>
    </message>
    <message>
        <source>Installed. It is used from the next lesson on.</source>
        <translation>已安装。从下一节课起使用。</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>输入您想做的事</translation>
    </message>
    <message>
        <source>What you want to do</source>
        <translation>您想做的事</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>找到的命令</translation>
    </message>
    <message>
        <source>{group}: {command}</source>
        <translation>{group}：{command}</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>{command} ({state})</source>
        <translation>{command}（{state}）</translation>
    </message>
</context>
<context>
    <name>PauseBanner</name>
    <message>
        <source>Paused.</source>
        <translation>已暂停。</translation>
    </message>
    <message>
        <source>Nothing is seen, heard or read. The gap stays a gap.</source>
        <translation>现在不看、不听、不读。空缺保持为空缺。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>PictureField</name>
    <message>
        <source>Picture from</source>
        <translation>画面来源</translation>
    </message>
    <message>
        <source>Type the address of the camera, for example http://192.168.1.20:8080/video.</source>
        <translation>请输入摄像头地址，例如 http://192.168.1.20:8080/video。</translation>
    </message>
    <message>
        <source>Type left edge, top edge, width and height in pixels, for example 0,0,1280,720.</source>
        <translation>请输入左边、上边、宽和高（像素），例如 0,0,1280,720。</translation>
    </message>
    <message>
        <source>Window: {title}</source>
        <translation>窗口：{title}</translation>
    </message>
    <message>
        <source>Screen {name}</source>
        <translation>屏幕 {name}</translation>
    </message>
    <message>
        <source>Camera at a web address…</source>
        <translation>网络地址上的摄像头…</translation>
    </message>
    <message>
        <source>Part of the screen…</source>
        <translation>屏幕的一部分…</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>无画面</translation>
    </message>
    <message>
        <source>{name} (not there now)</source>
        <translation>{name}（现在不可用）</translation>
    </message>
    <message>
        <source>Left, top, width and height of the part, in pixels</source>
        <translation>该部分的左边、上边、宽和高（像素）</translation>
    </message>
    <message>
        <source>Web address of the camera</source>
        <translation>摄像头的网络地址</translation>
    </message>
</context>
<context>
    <name>PicturePage</name>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>A camera in the room, the window of a video call, or a part of the screen. You can go without.</source>
        <translation>教室里的摄像头、视频通话窗口或屏幕的一部分。也可以不使用。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Look again for cameras, windows and screens</source>
        <translation>重新查找摄像头、窗口和屏幕</translation>
    </message>
    <message>
        <source>Picture of the source</source>
        <translation>来源的画面</translation>
    </message>
    <message>
        <source>The screen of this computer faces the class: start lessons with the lamp and the notice only</source>
        <translation>此电脑的屏幕面向学生：上课时只显示指示灯和告知内容</translation>
    </message>
    <message>
        <source>Looking for cameras…</source>
        <translation>正在查找摄像头…</translation>
    </message>
    <message>
        <source>Without a picture, nobody is seen.</source>
        <translation>没有画面，就看不到任何人。</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Looking for faces…</source>
        <translation>正在查找人脸…</translation>
    </message>
    <message>
        <source>The picture has {width} x {height} pixels.</source>
        <translation>画面为 {width} x {height} 像素。</translation>
    </message>
    <message>
        <source>No face found yet. Let somebody look into the camera.</source>
        <translation>还没有找到人脸。请让人看向摄像头。</translation>
    </message>
    <message numerus="yes">
        <source>%n faces found, all large enough.</source>
        <translation>
            <numerusform>找到 %n 张人脸，大小都足够。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n faces found, {large} of them large enough to tell where they face.</source>
        <translation>
            <numerusform>找到 %n 张人脸，其中 {large} 张足够大，可以判断朝向。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n faces found, only {large} of them large enough. Move the camera closer or use a sharper one.</source>
        <translation>
            <numerusform>找到 %n 张人脸，只有 {large} 张足够大。请把摄像头移近或使用更清晰的摄像头。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyChooser</name>
    <message>
        <source>Education in the EU/EEA</source>
        <translation>欧盟/欧洲经济区内的教育</translation>
    </message>
    <message>
        <source>Education elsewhere</source>
        <translation>其他地区的教育</translation>
    </message>
    <message>
        <source>Other training or meetings</source>
        <translation>其他培训或会议</translation>
    </message>
    <message>
        <source>Where is this program used?</source>
        <translation>本程序在哪里使用？</translation>
    </message>
    <message>
        <source>How far may it go?</source>
        <translation>可以做到什么程度？</translation>
    </message>
    <message>
        <source>Cannot be chosen for education in the EU/EEA.</source>
        <translation>不能用于欧盟/欧洲经济区内的教育。</translation>
    </message>
    <message>
        <source>Needs an ethics reference and a legal basis, which the command line takes.</source>
        <translation>需要伦理审批编号和法律依据，由命令行提供。</translation>
    </message>
</context>
<context>
    <name>PolicyDialog</name>
    <message>
        <source>What may be computed</source>
        <translation>可以计算的内容</translation>
    </message>
    <message>
        <source>You can change this later; a change begins a new lesson.</source>
        <translation>以后可以更改；更改后会开始新的一节课。</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>使用此项</translation>
    </message>
</context>
<context>
    <name>PolicyPage</name>
    <message>
        <source>What may be computed</source>
        <translation>可以计算的内容</translation>
    </message>
    <message>
        <source>You can change this later; a change begins a new lesson.</source>
        <translation>以后可以更改；更改后会开始新的一节课。</translation>
    </message>
</context>
<context>
    <name>PreviewView</name>
    <message>
        <source>Picture of the class, masks applied</source>
        <translation>班级画面，已应用遮挡</translation>
    </message>
    <message>
        <source>Arrow keys go from seat to seat, Enter asks to mask one.</source>
        <translation>方向键在座位间移动，Enter 询问是否遮挡。</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>还没有画面</translation>
    </message>
    <message>
        <source>Picture of the class, seat {n}</source>
        <translation>班级画面，座位 {n}</translation>
    </message>
    <message>
        <source>Seat {number}</source>
        <translation>座位 {number}</translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>{step}, {time} left</source>
        <translation>{step}，剩余 {time}</translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message>
        <source>Lessons that were cut off</source>
        <translation>中断的课堂</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The program or the computer stopped before they were closed. Recovering works on a copy; what was measured until then is saved.</source>
        <translation>程序或电脑在课堂关闭前停止了。恢复在副本上进行；此前测量的内容会得到保存。</translation>
    </message>
    <message>
        <source>Recovering…</source>
        <translation>正在恢复…</translation>
    </message>
    <message>
        <source>It stays as it is and is not offered again by itself.</source>
        <translation>它保持原样，不会再自动提示。</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>正在删除…</translation>
    </message>
    <message>
        <source>Deleted.</source>
        <translation>已删除。</translation>
    </message>
</context>
<context>
    <name>SeatTiles</name>
    <message>
        <source>Seats</source>
        <translation>座位</translation>
    </message>
    <message>
        <source>Seats by number</source>
        <translation>按编号排列的座位</translation>
    </message>
    <message>
        <source>How well each is seen</source>
        <translation>每个座位看得有多清楚</translation>
    </message>
</context>
<context>
    <name>SelfTestPage</name>
    <message>
        <source>Self-test</source>
        <translation>自检</translation>
    </message>
    <message>
        <source>Ten seconds with the camera and the microphone that you chose. Say a few words while it runs. Nothing of it is kept.</source>
        <translation>使用您选择的摄像头和麦克风测试十秒。请在测试时说几句话。测试内容不会保留。</translation>
    </message>
    <message>
        <source>Start the test</source>
        <translation>开始测试</translation>
    </message>
    <message>
        <source>Cancel the test</source>
        <translation>取消测试</translation>
    </message>
    <message>
        <source>Progress of the test</source>
        <translation>测试进度</translation>
    </message>
    <message>
        <source>No camera and no microphone was chosen, so there is nothing to test.</source>
        <translation>没有选择摄像头和麦克风，因此没有可测试的内容。</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Listening. Say a few words.</source>
        <translation>正在听。请说几句话。</translation>
    </message>
    <message>
        <source>Loading what a lesson needs…</source>
        <translation>正在加载课堂所需的内容…</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在看…</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>再次测试</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Find a setting</source>
        <translation>查找设置</translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation>设置页面</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Reset this page</source>
        <translation>重置此页</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>The setting could not be stored: {reason}</source>
        <translation>无法保存设置：{reason}</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>找到的设置</translation>
    </message>
    <message>
        <source>This page is as it was in the beginning.</source>
        <translation>此页已恢复为初始值。</translation>
    </message>
    <message>
        <source>Export settings</source>
        <translation>导出设置</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>导入设置</translation>
    </message>
    <message>
        <source>Settings (*.toml)</source>
        <translation>设置 (*.toml)</translation>
    </message>
    <message>
        <source>The settings are exported.</source>
        <translation>设置已导出。</translation>
    </message>
    <message>
        <source>The settings are imported; policy and place of use stay as they were.</source>
        <translation>设置已导入；策略和使用地点保持不变。</translation>
    </message>
</context>
<context>
    <name>SetupFlow</name>
    <message>
        <source>The setup cannot be opened.</source>
        <translation>无法打开设置向导。</translation>
    </message>
    <message>
        <source>The lessons cannot be looked through.</source>
        <translation>无法检查课堂。</translation>
    </message>
</context>
<context>
    <name>SoundPage</name>
    <message>
        <source>Microphone and chat</source>
        <translation>麦克风和聊天</translation>
    </message>
    <message>
        <source>Say a few words and watch the bar. Sound tells talk from silence; words are not kept.</source>
        <translation>说几句话并观察电平条。声音用于区分讲话和安静；不保留内容。</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>不使用麦克风</translation>
    </message>
    <message>
        <source>The system&apos;s microphone</source>
        <translation>系统默认麦克风</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Look again for microphones</source>
        <translation>重新查找麦克风</translation>
    </message>
    <message>
        <source>Sound of the call</source>
        <translation>通话声音</translation>
    </message>
    <message>
        <source>No call, or heard by the microphone</source>
        <translation>没有通话，或由麦克风收录</translation>
    </message>
    <message>
        <source>Level of the call&apos;s sound</source>
        <translation>通话声音的电平</translation>
    </message>
    <message>
        <source>Chat file</source>
        <translation>聊天文件</translation>
    </message>
    <message>
        <source>None; lines can be pasted during a lesson</source>
        <translation>无；上课时可以粘贴内容</translation>
    </message>
    <message>
        <source>Choose the chat file</source>
        <translation>选择聊天文件</translation>
    </message>
    <message>
        <source>Your voice</source>
        <translation>您的声音</translation>
    </message>
    <message>
        <source>Looking for microphones…</source>
        <translation>正在查找麦克风…</translation>
    </message>
    <message>
        <source>Without a microphone, talk and silence are not measured.</source>
        <translation>没有麦克风，就不测量讲话和安静。</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Classroom Analyzer</source>
        <translation>Classroom Analyzer</translation>
    </message>
    <message>
        <source>See how a lesson went from what anyone could see, hear and read. All of it stays on this computer.</source>
        <translation>根据任何人都能看到、听到和读到的内容，了解课堂的情况。所有内容都留在这台电脑上。</translation>
    </message>
    <message>
        <source>Open a recording…</source>
        <translation>打开录像…</translation>
    </message>
    <message>
        <source>Plays a video or sound file as if it were live.</source>
        <translation>像实时课堂一样播放视频或声音文件。</translation>
    </message>
    <message>
        <source>Play the demo lesson</source>
        <translation>播放演示课堂</translation>
    </message>
    <message>
        <source>A bundled lesson with drawn people; no camera is used.</source>
        <translation>自带的课堂，人物为绘制；不使用摄像头。</translation>
    </message>
    <message>
        <source>Start a live lesson…</source>
        <translation>开始实时课堂…</translation>
    </message>
    <message>
        <source>Uses the camera and the microphone of this computer.</source>
        <translation>使用这台电脑的摄像头和麦克风。</translation>
    </message>
    <message>
        <source>Choose what may be computed…</source>
        <translation>选择可以计算的内容…</translation>
    </message>
    <message>
        <source>Choose what may be computed</source>
        <translation>选择可以计算的内容</translation>
    </message>
    <message>
        <source>Nothing but the demo runs before you choose what may be computed.</source>
        <translation>在您选择可以计算的内容之前，只能运行演示。</translation>
    </message>
    <message>
        <source>Policy: {name}</source>
        <translation>策略：{name}</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>What is kept, and where</source>
        <translation>保存什么，存在哪里</translation>
    </message>
    <message>
        <source>Folder of the lessons</source>
        <translation>课堂文件夹</translation>
    </message>
    <message>
        <source>Choose the folder of the lessons</source>
        <translation>选择课堂文件夹</translation>
    </message>
    <message>
        <source>No video or sound</source>
        <translation>不保存视频和声音</translation>
    </message>
    <message>
        <source>Until I have checked the lesson, {days} days at most</source>
        <translation>直到我检查过本节课，最多 {days} 天</translation>
    </message>
    <message>
        <source>For this many days:</source>
        <translation>保存以下天数：</translation>
    </message>
    <message>
        <source>Days for which video and sound are kept</source>
        <translation>视频和声音的保存天数</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课堂</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Each lesson asks anew whether it is recorded. Figures of the class are kept for a year at most.</source>
        <translation>每节课都会重新询问是否录制。班级数据最多保存一年。</translation>
    </message>
    <message>
        <source>There is no keyring and no passphrase on this computer, so video, chat, names and seats cannot be encrypted, and are not kept at all.</source>
        <translation>这台电脑上没有密钥环，也没有口令，因此无法加密视频、聊天、姓名和座位数据，这些内容完全不会保存。</translation>
    </message>
    <message>
        <source>{size} free on this disk.</source>
        <translation>此磁盘可用空间 {size}。</translation>
    </message>
</context>
<context>
    <name>StoredPanel</name>
    <message>
        <source>Lesson</source>
        <translation>课堂</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>保存的内容</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>保存到</translation>
    </message>
    <message>
        <source>What is kept of past lessons</source>
        <translation>过去课堂保存的内容</translation>
    </message>
    <message>
        <source>Delete this lesson…</source>
        <translation>删除本节课…</translation>
    </message>
    <message>
        <source>Delete this lesson</source>
        <translation>删除本节课</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>What is stored</source>
        <translation>存储的内容</translation>
    </message>
    <message>
        <source>Everything is on this computer, in {folder}. Nothing is sent anywhere.</source>
        <translation>所有内容都在这台电脑上的 {folder} 中。没有任何内容发送到别处。</translation>
    </message>
    <message>
        <source>{title}, {date}</source>
        <translation>{title}，{date}</translation>
    </message>
    <message numerus="yes">
        <source>%n lesson(s) kept.</source>
        <translation>
            <numerusform>保存了 %n 节课。</numerusform>
        </translation>
    </message>
    <message>
        <source>recording, rows of seats and totals, {size}</source>
        <translation>录制、座位数据行和总计，{size}</translation>
    </message>
    <message>
        <source>recording and totals, {size}</source>
        <translation>录制和总计，{size}</translation>
    </message>
    <message>
        <source>rows of seats and totals, {size}</source>
        <translation>座位数据行和总计，{size}</translation>
    </message>
    <message>
        <source>rows of the class and totals, {size}</source>
        <translation>班级数据行和总计，{size}</translation>
    </message>
    <message>
        <source>recording {date}</source>
        <translation>录制 {date}</translation>
    </message>
    <message>
        <source>rows {date}</source>
        <translation>数据行 {date}</translation>
    </message>
    <message>
        <source>totals {date}</source>
        <translation>总计 {date}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>until you delete it</source>
        <translation>直到您删除</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete this lesson for ever?</source>
        <translation>永久删除本节课？</translation>
    </message>
    <message>
        <source>{lesson}
Its keys are destroyed first, so that no copy of it can be read either.</source>
        <translation>{lesson}
先销毁其密钥，这样任何副本也无法再读取。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Still at work; try again in a moment.</source>
        <translation>仍在处理；请稍后再试。</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>{name}: {value}, {note}</source>
        <translation>{name}：{value}，{note}</translation>
    </message>
</context>
<context>
    <name>Strips</name>
    <message>
        <source>Indicators</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Indicators of the last ten minutes</source>
        <translation>最近十分钟的指标</translation>
    </message>
    <message>
        <source>{name} {value}</source>
        <translation>{name} {value}</translation>
    </message>
    <message>
        <source>Fold up</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Fold out</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>Fold the strips up</source>
        <translation>折叠指标条</translation>
    </message>
    <message>
        <source>Fold the strips out</source>
        <translation>展开指标条</translation>
    </message>
</context>
<context>
    <name>StudentView</name>
    <message>
        <source>Notice for students</source>
        <translation>给学生的告知</translation>
    </message>
    <message>
        <source>Teacher&apos;s view</source>
        <translation>教师视图</translation>
    </message>
    <message>
        <source>Back to the teacher&apos;s view</source>
        <translation>返回教师视图</translation>
    </message>
</context>
<context>
    <name>TalkShare</name>
    <message>
        <source>Talk and sound</source>
        <translation>讲话与声音</translation>
    </message>
    <message>
        <source>no estimate is made</source>
        <translation>不进行估计</translation>
    </message>
    <message>
        <source>Last 10 minutes</source>
        <translation>最近 10 分钟</translation>
    </message>
    <message>
        <source>No sound has been heard yet.</source>
        <translation>还没有听到声音。</translation>
    </message>
    <message>
        <source>Mostly one voice.</source>
        <translation>主要是一个人讲话。</translation>
    </message>
    <message>
        <source>Mostly several voices.</source>
        <translation>主要是多人讲话。</translation>
    </message>
    <message>
        <source>Mostly quiet.</source>
        <translation>主要是安静。</translation>
    </message>
    <message>
        <source>One voice, several voices and quiet mix.</source>
        <translation>一人讲话、多人讲话和安静交替出现。</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>Open the settings of the system</source>
        <translation>打开系统设置</translation>
    </message>
</context>
<context>
    <name>TroubleBanner</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>VoiceLesson</name>
    <message>
        <source>Do not use it</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Do not use the sample of my voice</source>
        <translation>不使用我的声音样本</translation>
    </message>
    <message>
        <source>Go on speaking: {seconds} of {all} seconds.</source>
        <translation>请继续讲：{all} 秒中的 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Teach it your voice (20 s)</source>
        <translation>让它学习您的声音（20 秒）</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>停止录音</translation>
    </message>
    <message>
        <source>Teach it again (20 s)</source>
        <translation>重新学习（20 秒）</translation>
    </message>
    <message>
        <source>Read something aloud, alone and without a break.</source>
        <translation>请独自不间断地朗读一段文字。</translation>
    </message>
    <message>
        <source>It knows your voice. Lessons tell your talk from the class&apos;s.</source>
        <translation>它已认识您的声音。课堂上会区分您与学生的讲话。</translation>
    </message>
    <message>
        <source>Adds your share of the talk, questions and wait time. Without it, they stay a dash.</source>
        <translation>增加您的讲话占比、提问和等待时间。没有样本时，这些项目显示为短横线。</translation>
    </message>
</context>
<context>
    <name>WarningsLine</name>
    <message>
        <source>Note: {text}</source>
        <translation>注意：{text}</translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>Close and show the chat (Esc)</source>
        <translation>关闭并显示聊天（Esc）</translation>
    </message>
    <message>
        <source>Close and show the chat</source>
        <translation>关闭并显示聊天</translation>
    </message>
    <message>
        <source>What the moment rests on</source>
        <translation>此刻的依据</translation>
    </message>
    <message>
        <source>What was different? (optional)</source>
        <translation>有什么不同？（可选）</translation>
    </message>
    <message>
        <source>What was different</source>
        <translation>有什么不同</translation>
    </message>
    <message>
        <source>I disagree</source>
        <translation>我不同意</translation>
    </message>
    <message>
        <source>I disagree with the estimate of this moment</source>
        <translation>我不同意此刻的估计</translation>
    </message>
    <message>
        <source>Why? {time}</source>
        <translation>为什么？{time}</translation>
    </message>
    <message>
        <source>This moment is not at hand: it is over ten minutes ago, or not over yet.</source>
        <translation>此刻无法查看：已超过十分钟，或尚未结束。</translation>
    </message>
    <message>
        <source>An estimate of what can be observed. It can be wrong; your dispute is kept with the lesson.</source>
        <translation>根据可观察内容得出的估计。它可能有误；您的异议会随课堂保存。</translation>
    </message>
    <message>
        <source>I disagree with the estimate at {time}</source>
        <translation>我不同意 {time} 的估计</translation>
    </message>
</context>
<context>
    <name>Wizard</name>
    <message>
        <source>Set up Classroom Analyzer</source>
        <translation>设置 Classroom Analyzer</translation>
    </message>
    <message>
        <source>Skip: play the demo lesson</source>
        <translation>跳过：播放演示课堂</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Step {number} of {all}</source>
        <translation>第 {number} 步，共 {all} 步</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>The choices could not be stored: {reason}</source>
        <translation>无法保存所选内容：{reason}</translation>
    </message>
</context>
<context>
    <name>_ChatDelegate</name>
    <message>
        <source>question · {time}</source>
        <translation>提问 · {time}</translation>
    </message>
</context>
<context>
    <name>_ChatModel</name>
    <message>
        <source>{time} {who}: {text}</source>
        <translation>{time} {who}：{text}</translation>
    </message>
    <message>
        <source>Question. {line}</source>
        <translation>提问。{line}</translation>
    </message>
</context>
<context>
    <name>_Device</name>
    <message>
        <source>{name}: {state}</source>
        <translation>{name}：{state}</translation>
    </message>
    <message>
        <source>Dropped: {n}</source>
        <translation>丢弃：{n}</translation>
    </message>
    <message>
        <source>Analysed: {n:.1f} pictures a second</source>
        <translation>已分析：每秒 {n:.1f} 帧</translation>
    </message>
</context>
<context>
    <name>_Keeping</name>
    <message>
        <source>Keeping video</source>
        <translation>正在保存视频</translation>
    </message>
    <message>
        <source>Video stopped</source>
        <translation>视频已停止</translation>
    </message>
    <message>
        <source>Pictures not kept: {n}</source>
        <translation>未保存的帧：{n}</translation>
    </message>
</context>
<context>
    <name>_KeyTree</name>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>操作及其按键</translation>
    </message>
</context>
<context>
    <name>_Markers</name>
    <message>
        <source>Marker of key {number}</source>
        <translation>按键 {number} 的标记</translation>
    </message>
</context>
<context>
    <name>_Number</name>
    <message>
        <source>not given</source>
        <translation>未填写</translation>
    </message>
    <message>
        <source>keep none</source>
        <translation>不保存</translation>
    </message>
</context>
<context>
    <name>_Pack</name>
    <message>
        <source>{origin}, licence {licence}, {size} MB</source>
        <translation>{origin}，许可证 {licence}，{size} MB</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>已安装</translation>
    </message>
    <message>
        <source>Install from a file…</source>
        <translation>从文件安装…</translation>
    </message>
    <message>
        <source>Install from a file: {name}</source>
        <translation>从文件安装：{name}</translation>
    </message>
    <message>
        <source>Download {size} MB from {host}</source>
        <translation>从 {host} 下载 {size} MB</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>{sentence} A change takes effect with the next lesson.</source>
        <translation>{sentence}更改从下一节课起生效。</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Recover {name}</source>
        <translation>恢复 {name}</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后</translation>
    </message>
    <message>
        <source>Later: {name}</source>
        <translation>以后：{name}</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>删除 {name}</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>Delete {name} for good</source>
        <translation>永久删除 {name}</translation>
    </message>
    <message>
        <source>Do not delete</source>
        <translation>不删除</translation>
    </message>
    <message>
        <source>Do not delete {name}</source>
        <translation>不删除 {name}</translation>
    </message>
    <message>
        <source>It cannot be brought back after that.</source>
        <translation>之后无法找回。</translation>
    </message>
    <message>
        <source>Begun {when}.</source>
        <translation>开始于 {when}。</translation>
    </message>
    <message>
        <source>{length} of it are there.</source>
        <translation>其中有 {length} 可用。</translation>
    </message>
</context>
<context>
    <name>_ShareBar</name>
    <message>
        <source>One voice</source>
        <translation>一人讲话</translation>
    </message>
    <message>
        <source>Several voices</source>
        <translation>多人讲话</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>安静</translation>
    </message>
</context>
<context>
    <name>_Switch</name>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
</context>
<context>
    <name>_TalkStrip</name>
    <message>
        <source>Sound of the last ten minutes</source>
        <translation>最近十分钟的声音</translation>
    </message>
</context>
<context>
    <name>_Text</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose: {setting}</source>
        <translation>选择：{setting}</translation>
    </message>
</context>
<context>
    <name>_Tile</name>
    <message>
        <source>Seat {number}</source>
        <translation>座位 {number}</translation>
    </message>
    <message>
        <source>Seat {number}: {state}</source>
        <translation>座位 {number}：{state}</translation>
    </message>
    <message>
        <source>seen well</source>
        <translation>看得清楚</translation>
    </message>
    <message>
        <source>seen fairly</source>
        <translation>看得尚可</translation>
    </message>
    <message>
        <source>seen poorly</source>
        <translation>看得不清</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>没有看到</translation>
    </message>
    <message>
        <source>seen too little</source>
        <translation>看到太少</translation>
    </message>
    <message>
        <source>too small</source>
        <translation>太小</translation>
    </message>
    <message>
        <source>unlike training</source>
        <translation>与训练数据不同</translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>source lost</source>
        <translation>来源丢失</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已排除</translation>
    </message>
</context>
<context>
    <name>_Unfinished</name>
    <message>
        <source>Look at them…</source>
        <translation>查看…</translation>
    </message>
    <message>
        <source>Look at the lessons that were cut off</source>
        <translation>查看中断的课堂</translation>
    </message>
    <message numerus="yes">
        <source>%n lessons were cut off and can be recovered.</source>
        <translation>
            <numerusform>有 %n 节课中断，可以恢复。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>domain</name>
    <message>
        <source>Adds an engagement estimate for the class and, with consent, for numbered seats. It can be wrong about any person. Not for grades, discipline or ranking. Not for education in the EU/EEA.</source>
        <translation>增加对班级的参与度估计，并在征得同意后对编号座位进行估计。对任何个人都可能有误。不用于评分、纪律处分或排名。不用于欧盟/欧洲经济区内的教育。</translation>
    </message>
    <message>
        <source>Adds boredom, confusion and frustration labels for approved studies. Their scientific basis is disputed. Needs an ethics reference and a separate consent.</source>
        <translation>为获批准的研究增加无聊、困惑和挫败标签。其科学依据存在争议。需要伦理审批编号和单独的同意。</translation>
    </message>
    <message>
        <source>Counts what anyone in the room can see or hear: sound, talk and wait time, chat, raised hands, presence. Whole class only. No engagement or emotion estimates.</source>
        <translation>统计教室里任何人都能看到或听到的内容：声音、讲话与等待时间、聊天、举手、在场情况。仅针对全班。不估计参与度或情绪。</translation>
    </message>
    <message>
        <source>estimate available</source>
        <translation>有估计值</translation>
    </message>
    <message>
        <source>left out on request</source>
        <translation>应要求排除</translation>
    </message>
    <message>
        <source>not enough evidence: nothing could be seen, heard or read</source>
        <translation>证据不足：没有看到、听到或读到任何内容</translation>
    </message>
    <message>
        <source>not enough evidence: the faces are too small to read</source>
        <translation>证据不足：人脸太小，无法读取</translation>
    </message>
    <message>
        <source>not enough evidence: the model cannot tell the levels apart</source>
        <translation>证据不足：模型无法区分各等级</translation>
    </message>
    <message>
        <source>not enough evidence: the source was lost</source>
        <translation>证据不足：来源已丢失</translation>
    </message>
    <message>
        <source>not enough evidence: too little of this window was observed</source>
        <translation>证据不足：此时段观察到的内容太少</translation>
    </message>
    <message>
        <source>not enough evidence: unlike anything the model was trained on</source>
        <translation>证据不足：与模型训练时的任何内容都不相似</translation>
    </message>
</context>
<context>
    <name>indicator_words</name>
    <message>
        <source>Faces in view</source>
        <translation>画面中的人脸</translation>
    </message>
    <message>
        <source>Facing board</source>
        <translation>朝向黑板</translation>
    </message>
    <message>
        <source>Facing board, lower end</source>
        <translation>朝向黑板，下限</translation>
    </message>
    <message>
        <source>Facing board, upper end</source>
        <translation>朝向黑板，上限</translation>
    </message>
    <message>
        <source>Gaze direction</source>
        <translation>视线方向</translation>
    </message>
    <message>
        <source>Eye opening</source>
        <translation>睁眼程度</translation>
    </message>
    <message>
        <source>Blinks</source>
        <translation>眨眼</translation>
    </message>
    <message>
        <source>Eyes closed</source>
        <translation>闭眼</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Moving together</source>
        <translation>同步活动</translation>
    </message>
    <message>
        <source>Raised hands</source>
        <translation>举手</translation>
    </message>
    <message>
        <source>One voice</source>
        <translation>一人讲话</translation>
    </message>
    <message>
        <source>Several voices</source>
        <translation>多人讲话</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>安静</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>讲话</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>安静</translation>
    </message>
    <message>
        <source>Longest silence</source>
        <translation>最长安静</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
    <message>
        <source>Pitch of the voice</source>
        <translation>音高</translation>
    </message>
    <message>
        <source>Speed of talk</source>
        <translation>语速</translation>
    </message>
    <message>
        <source>Turns of talk</source>
        <translation>话轮</translation>
    </message>
    <message>
        <source>Length of a turn</source>
        <translation>话轮长度</translation>
    </message>
    <message>
        <source>Teacher&apos;s share of talk</source>
        <translation>教师讲话占比</translation>
    </message>
    <message>
        <source>Pause after the teacher</source>
        <translation>教师讲话后的停顿</translation>
    </message>
    <message>
        <source>Wait time</source>
        <translation>等待时间</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>People who write</source>
        <translation>发言人数</translation>
    </message>
    <message>
        <source>Chat against this lesson&apos;s usual</source>
        <translation>聊天量与本节课平常相比</translation>
    </message>
    <message>
        <source>Time to the first chat line</source>
        <translation>到第一条聊天的时间</translation>
    </message>
    <message>
        <source>Requests for help</source>
        <translation>求助</translation>
    </message>
    <message>
        <source>Chat about the task</source>
        <translation>与任务有关的聊天</translation>
    </message>
    <message>
        <source>{value:.0f} %</source>
        <translation>{value:.0f} %</translation>
    </message>
    <message>
        <source>{value:.2f} a second</source>
        <translation>每秒 {value:.2f} 次</translation>
    </message>
    <message>
        <source>{value:.1f} a second</source>
        <translation>每秒 {value:.1f} 次</translation>
    </message>
    <message>
        <source>{value:.1f} a minute</source>
        <translation>每分钟 {value:.1f} 次</translation>
    </message>
    <message>
        <source>{value:.1f} in 2 minutes</source>
        <translation>2 分钟内 {value:.1f} 次</translation>
    </message>
    <message>
        <source>{value:.1f} in 10 minutes</source>
        <translation>10 分钟内 {value:.1f} 次</translation>
    </message>
    <message>
        <source>{value:.1f} s</source>
        <translation>{value:.1f} 秒</translation>
    </message>
    <message>
        <source>{value:.0f} dB below full scale</source>
        <translation>低于满刻度 {value:.0f} dB</translation>
    </message>
    <message>
        <source>{value:.0f} Hz</source>
        <translation>{value:.0f} Hz</translation>
    </message>
    <message>
        <source>{value:.0f} degrees</source>
        <translation>{value:.0f} 度</translation>
    </message>
</context>
<context>
    <name>indicators</name>
    <message>
        <source>fewer than {n} people</source>
        <translation>少于 {n} 人</translation>
    </message>
    <message>
        <source>quality {quality:.2f}</source>
        <translation>质量 {quality:.2f}</translation>
    </message>
    <message>
        <source>{basis}, from {n}</source>
        <translation>{basis}，共 {n} 个</translation>
    </message>
    <message>
        <source>teacher {teacher:.0f} %, students {students:.0f} %, silence {silence:.0f} %</source>
        <translation>教师 {teacher:.0f} %，学生 {students:.0f} %，安静 {silence:.0f} %</translation>
    </message>
    <message>
        <source>of heads, last 10 s</source>
        <translation>按头部计，最近 10 秒</translation>
    </message>
    <message>
        <source>of the last 30 s</source>
        <translation>最近 30 秒中</translation>
    </message>
    <message>
        <source>messages, last 2 minutes</source>
        <translation>消息，最近 2 分钟</translation>
    </message>
    <message>
        <source>of face pixels, last 10 s</source>
        <translation>按人脸像素计，最近 10 秒</translation>
    </message>
    <message>
        <source>in the chat, last 2 minutes</source>
        <translation>聊天中，最近 2 分钟</translation>
    </message>
    <message>
        <source>needs faces in view</source>
        <translation>需要画面中有人脸</translation>
    </message>
    <message>
        <source>needs a microphone</source>
        <translation>需要麦克风</translation>
    </message>
    <message>
        <source>needs a chat</source>
        <translation>需要聊天</translation>
    </message>
</context>
<context>
    <name>lamp</name>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Lesson runs</source>
        <translation>正在上课</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>正在播放</translation>
    </message>
</context>
<context>
    <name>live_actions</name>
    <message>
        <source>&amp;Mark this moment</source>
        <translation>标记此刻(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Paste chat lines</source>
        <translation>粘贴聊天内容(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Picture</source>
        <translation>画面(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Seat tiles</source>
        <translation>座位格(&amp;S)</translation>
    </message>
    <message>
        <source>Projector-&amp;safe</source>
        <translation>投影安全(&amp;S)</translation>
    </message>
    <message>
        <source>Class line as a &amp;table…</source>
        <translation>班级曲线表格(&amp;T)…</translation>
    </message>
    <message>
        <source>Open &amp;report</source>
        <translation>打开报告(&amp;R)</translation>
    </message>
    <message>
        <source>Show &amp;folder</source>
        <translation>显示文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>The class is &amp;with me</source>
        <translation>学生跟得上(&amp;W)</translation>
    </message>
    <message>
        <source>The class is &amp;lost</source>
        <translation>学生没跟上(&amp;L)</translation>
    </message>
    <message>
        <source>Write a &amp;note…</source>
        <translation>写备注(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Take the newest mark back</source>
        <translation>撤回最新标记(&amp;T)</translation>
    </message>
    <message>
        <source>Own marker {number}</source>
        <translation>自定义标记 {number}</translation>
    </message>
    <message>
        <source>&amp;Pause or go on</source>
        <translation>暂停或继续(&amp;P)</translation>
    </message>
    <message>
        <source>Why is the class line where it is?</source>
        <translation>班级曲线为什么在这个位置？</translation>
    </message>
    <message>
        <source>What s&amp;tudents may see, or everything</source>
        <translation>学生可见内容或全部内容(&amp;T)</translation>
    </message>
    <message>
        <source>Small strip &amp;above slides, or the window</source>
        <translation>幻灯片上的悬浮条或窗口(&amp;A)</translation>
    </message>
    <message>
        <source>Give the strip the keyboard</source>
        <translation>把键盘交给悬浮条</translation>
    </message>
</context>
<context>
    <name>live_troubles</name>
    <message>
        <source>Video is no longer kept.</source>
        <translation>视频不再保存。</translation>
    </message>
    <message>
        <source>The lesson goes on.</source>
        <translation>课堂继续进行。</translation>
    </message>
    <message>
        <source>The disk is nearly full.</source>
        <translation>磁盘快满了。</translation>
    </message>
    <message>
        <source>{gb:.1f} GB left. Free some space; marks and figures go on.</source>
        <translation>剩余 {gb:.1f} GB。请释放一些空间；标记和数据继续保存。</translation>
    </message>
    <message>
        <source>{gb:.1f} GB free. Video: {left}. Free some space.</source>
        <translation>可用 {gb:.1f} GB。视频：{left}。请释放一些空间。</translation>
    </message>
    <message>
        <source>{name} gives nothing any more.</source>
        <translation>{name} 不再提供数据。</translation>
    </message>
    <message>
        <source>The other sources go on.</source>
        <translation>其他来源继续工作。</translation>
    </message>
    <message>
        <source>It is opened again by itself.</source>
        <translation>它会自动重新打开。</translation>
    </message>
</context>
<context>
    <name>mask_question</name>
    <message>
        <source>Classroom Analyzer</source>
        <translation>Classroom Analyzer</translation>
    </message>
    <message>
        <source>Mask seat {n}?</source>
        <translation>遮挡座位 {n}？</translation>
    </message>
    <message>
        <source>From now on the seat is hidden in picture, figures and recording. It cannot be shown again in this lesson.</source>
        <translation>从现在起，该座位在画面、数据和录制中都被隐藏。本节课内无法恢复显示。</translation>
    </message>
    <message>
        <source>Mask this seat</source>
        <translation>遮挡此座位</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Lesson</source>
        <translation>课堂(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Marks</source>
        <translation>标记(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>nudges</name>
    <message>
        <source>The class line was lower in the last two minutes than in the two before. It can be wrong; you see more.</source>
        <translation>班级曲线最近两分钟低于此前两分钟。它可能有误；您看到的更多。</translation>
    </message>
    <message>
        <source>At least three questions came in the chat in the last two minutes.</source>
        <translation>最近两分钟聊天中至少有三个提问。</translation>
    </message>
    <message>
        <source>Nearly all talk of the last ten minutes was one voice at a time.</source>
        <translation>最近十分钟的讲话几乎都是一个人在说。</translation>
    </message>
</context>
<context>
    <name>packs</name>
    <message>
        <source>Finds faces faster</source>
        <translation>更快地找到人脸</translation>
    </message>
    <message>
        <source>Adds eyes, gaze and mouth of near faces</source>
        <translation>增加近处人脸的眼睛、视线和嘴部</translation>
    </message>
</context>
<context>
    <name>permissions</name>
    <message>
        <source>macOS blocks the camera. Open System Settings &gt; Privacy &amp; Security &gt; Camera and switch on Classroom Analyzer, then try again.</source>
        <translation>macOS 阻止了摄像头。请打开“系统设置 &gt; 隐私与安全性 &gt; 摄像头”，开启 Classroom Analyzer，然后重试。</translation>
    </message>
    <message>
        <source>macOS blocks the microphone. Open System Settings &gt; Privacy &amp; Security &gt; Microphone and switch on Classroom Analyzer, then try again.</source>
        <translation>macOS 阻止了麦克风。请打开“系统设置 &gt; 隐私与安全性 &gt; 麦克风”，开启 Classroom Analyzer，然后重试。</translation>
    </message>
    <message>
        <source>Windows blocks the camera. Open Settings &gt; Privacy &amp; security &gt; Camera and switch on “Let desktop apps access your camera”, then try again.</source>
        <translation>Windows 阻止了摄像头。请打开“设置 &gt; 隐私和安全性 &gt; 摄像头”，开启“允许桌面应用访问你的摄像头”，然后重试。</translation>
    </message>
    <message>
        <source>Windows blocks the microphone. Open Settings &gt; Privacy &amp; security &gt; Microphone and switch on “Let desktop apps access your microphone”, then try again.</source>
        <translation>Windows 阻止了麦克风。请打开“设置 &gt; 隐私和安全性 &gt; 麦克风”，开启“允许桌面应用访问你的麦克风”，然后重试。</translation>
    </message>
    <message>
        <source>This account may not use the camera. In a terminal, run: sudo usermod -aG video $USER, then log out and in again, and try again.</source>
        <translation>此账户不能使用摄像头。请在终端运行：sudo usermod -aG video $USER，然后注销并重新登录，再重试。</translation>
    </message>
    <message>
        <source>This account may not use the microphone. In a terminal, run: sudo usermod -aG audio $USER, then log out and in again, and try again.</source>
        <translation>此账户不能使用麦克风。请在终端运行：sudo usermod -aG audio $USER，然后注销并重新登录，再重试。</translation>
    </message>
</context>
<context>
    <name>plots</name>
    <message>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>high</source>
        <translation>高</translation>
    </message>
</context>
<context>
    <name>reports</name>
    <message numerus="yes">
        <source>%n mark(s) not compared: the line could be seen.</source>
        <translation>
            <numerusform>%n 个标记未比较：当时曲线可见。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) not compared: there was too little of the line beside them.</source>
        <translation>
            <numerusform>%n 个标记未比较：其旁边的曲线太少。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>A dark or distant back row is missing data, not low engagement.</source>
        <translation>后排昏暗或遥远属于数据缺失，不是参与度低。</translation>
    </message>
    <message>
        <source>A lesson of {length}, as far as it could be heard, read and seen.</source>
        <translation>一节 {length} 的课，就能听到、读到和看到的内容而言。</translation>
    </message>
    <message>
        <source>A live lesson has none.</source>
        <translation>实时课堂没有此项。</translation>
    </message>
    <message>
        <source>A quiet class is not a lost class: listening, thinking and writing look still.</source>
        <translation>安静的班级不等于没跟上的班级：听讲、思考和书写看起来都是静止的。</translation>
    </message>
    <message>
        <source>All marks, or all estimates beside them, are on one side.</source>
        <translation>所有标记或其旁边的估计都在同一侧。</translation>
    </message>
    <message>
        <source>An estimate could be made for less than half of this lesson of {length}; read the gaps before the line.</source>
        <translation>这节 {length} 的课只有不到一半能够估计；请先看空缺，再看曲线。</translation>
    </message>
    <message>
        <source>Analysed by Classroom Analyzer {version} on {device}, seed {seed}; policy {name} (basis: {basis}).</source>
        <translation>由 Classroom Analyzer {version} 在 {device} 上分析，随机种子 {seed}；策略：{name}（依据：{basis}）。</translation>
    </message>
    <message>
        <source>Analysis time per second of lesson</source>
        <translation>每秒课堂的分析时间</translation>
    </message>
    <message>
        <source>Before you use this</source>
        <translation>使用之前</translation>
    </message>
    <message>
        <source>Built on observable participation. Not a measure of attention, understanding or ability.</source>
        <translation>基于可观察到的参与。不衡量注意力、理解或能力。</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa: 1 is agreement, 0 what chance gives; the line counts as with me from its middle on</source>
        <translation>科恩 kappa：1 为一致，0 为随机水平；曲线从中间起计为跟得上</translation>
    </message>
    <message>
        <source>Different people writing</source>
        <translation>不同的发言者</translation>
    </message>
    <message>
        <source>Do not compare this lesson&apos;s line with another lesson&apos;s: each is drawn against its own median.</source>
        <translation>不要把本节课的曲线与另一节课比较：每条曲线都以各自的中位数为准。</translation>
    </message>
    <message>
        <source>Faces are too small or turned too far to tell.</source>
        <translation>人脸太小或转得太偏，无法判断。</translation>
    </message>
    <message>
        <source>Faces present</source>
        <translation>在场人脸</translation>
    </message>
    <message>
        <source>Hands raised</source>
        <translation>举手</translation>
    </message>
    <message>
        <source>Heads towards their usual target</source>
        <translation>头部朝向其惯常目标</translation>
    </message>
    <message>
        <source>How it was made</source>
        <translation>制作方式</translation>
    </message>
    <message>
        <source>How much was observed</source>
        <translation>观察到了多少</translation>
    </message>
    <message>
        <source>In this lesson of {length} a voice could be heard {share} of the time.</source>
        <translation>在这节 {length} 的课中，{share} 的时间能听到讲话声。</translation>
    </message>
    <message>
        <source>Left out: it needs {minimum} people; how many the class holds is not known. Give the class size.</source>
        <translation>未列出：需要 {minimum} 人；班级人数未知。请提供班级人数。</translation>
    </message>
    <message>
        <source>Left out: it needs {minimum} people; how many the picture holds is not known. Give the class size.</source>
        <translation>未列出：需要 {minimum} 人；画面中的人数未知。请提供班级人数。</translation>
    </message>
    <message>
        <source>Left out: it would be about fewer than {minimum} people, so about individuals.</source>
        <translation>未列出：涉及的人数少于 {minimum}，即涉及个人。</translation>
    </message>
    <message>
        <source>Levels 0 to 3, pressed</source>
        <translation>等级 0 到 3，主动标记</translation>
    </message>
    <message>
        <source>Levels 0 to 3, sampled</source>
        <translation>等级 0 到 3，抽样标记</translation>
    </message>
    <message>
        <source>Longest pause</source>
        <translation>最长停顿</translation>
    </message>
    <message>
        <source>Looking down to write is part of the work.</source>
        <translation>低头书写是课堂活动的一部分。</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Moments to look at</source>
        <translation>值得一看的时刻</translation>
    </message>
    <message>
        <source>Most seats seen at once</source>
        <translation>同时看到的最多座位</translation>
    </message>
    <message>
        <source>Needs a sample of the teacher&apos;s voice, or the call&apos;s sound apart.</source>
        <translation>需要教师的声音样本，或单独的通话声音。</translation>
    </message>
    <message>
        <source>Needs a sample of the teacher&apos;s voice, the call&apos;s sound apart, or a transcript.</source>
        <translation>需要教师的声音样本、单独的通话声音或文字记录。</translation>
    </message>
    <message>
        <source>Needs a transcript or speech recognition.</source>
        <translation>需要文字记录或语音识别。</translation>
    </message>
    <message>
        <source>Needs at least five messages in English and a model.</source>
        <translation>需要至少五条英文消息和一个模型。</translation>
    </message>
    <message>
        <source>No chat was connected. A saved chat (--chat) would fill it.</source>
        <translation>没有连接聊天。保存的聊天（--chat）可以补上。</translation>
    </message>
    <message>
        <source>No clear dip or rise in this lesson: in no stretch of two minutes does the whole model range lie on one side of the lesson&apos;s median.</source>
        <translation>本节课没有明显的下降或上升：没有任何两分钟的整个模型区间位于本节课中位数的一侧。</translation>
    </message>
    <message>
        <source>No consequences. Do not use this report for grades, discipline, ranking or the appraisal of a teacher. It can be wrong about any person.</source>
        <translation>不作任何后果依据。请勿将本报告用于评分、纪律处分、排名或教师考核。它对任何个人都可能有误。</translation>
    </message>
    <message>
        <source>No estimate could be made in this lesson of {length}: {reason}.</source>
        <translation>这节 {length} 的课无法作出估计：{reason}。</translation>
    </message>
    <message>
        <source>No estimate for {part} of {whole}:</source>
        <translation>{whole} 中有 {part} 没有估计：</translation>
    </message>
    <message>
        <source>No font with Chinese signs was found on this computer; where this page shows boxes, install one.</source>
        <translation>这台电脑上没有找到含中文字符的字体；如果此页显示方框，请安装一种。</translation>
    </message>
    <message>
        <source>No mark of this lesson was compared with its line.</source>
        <translation>本节课没有标记与曲线比较过。</translation>
    </message>
    <message>
        <source>No model for it is shipped; marks by hand would fill it.</source>
        <translation>没有随附相应的模型；手动标记可以补上。</translation>
    </message>
    <message>
        <source>No picture.</source>
        <translation>没有画面。</translation>
    </message>
    <message>
        <source>No voice</source>
        <translation>无人讲话</translation>
    </message>
    <message>
        <source>Not made under this policy.</source>
        <translation>此策略下不进行。</translation>
    </message>
    <message>
        <source>Nothing here shows learning, effort, mood, intent, ability or the quality of teaching.</source>
        <translation>这里的任何内容都不表示学习、努力、心情、意图、能力或教学质量。</translation>
    </message>
    <message>
        <source>On task</source>
        <translation>与任务有关</translation>
    </message>
    <message>
        <source>One voice at a time</source>
        <translation>一次一人讲话</translation>
    </message>
    <message>
        <source>Only marks that were given while the line was hidden are compared. Pressed: you chose the moment. Sampled: nobody chose it. Ranges are 95 % intervals over stretches of two minutes.</source>
        <translation>只比较曲线隐藏时所作的标记。主动：由您选择时刻。抽样：无人选择时刻。区间为按两分钟分段得出的 95 % 区间。</translation>
    </message>
    <message>
        <source>Over the lesson: {what}</source>
        <translation>整节课：{what}</translation>
    </message>
    <message>
        <source>Pause after the teacher</source>
        <translation>教师讲话后的停顿</translation>
    </message>
    <message>
        <source>Pictures analysed per second</source>
        <translation>每秒分析的帧数</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>在场情况</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Seats seen on average</source>
        <translation>平均看到的座位</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>看到的情况</translation>
    </message>
    <message>
        <source>Several voices</source>
        <translation>多人讲话</translation>
    </message>
    <message>
        <source>Share of each source in moving the line away from what would be assumed without any evidence.</source>
        <translation>各来源使曲线偏离无证据假设的比例。</translation>
    </message>
    <message>
        <source>Sound was off or absent. A microphone, or a recording with sound (--audio), would fill it.</source>
        <translation>声音已关闭或不存在。麦克风或带声音的录像（--audio）可以补上。</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>讲话</translation>
    </message>
    <message>
        <source>Teacher&apos;s share of talk</source>
        <translation>教师讲话占比</translation>
    </message>
    <message>
        <source>The class line</source>
        <translation>班级曲线</translation>
    </message>
    <message>
        <source>The class line as a table, in stretches of two minutes</source>
        <translation>班级曲线表格，每两分钟一段</translation>
    </message>
    <message>
        <source>The class line over the lesson, against the lesson&apos;s own median, with its model range</source>
        <translation>整节课的班级曲线，以本节课中位数为准，带模型区间</translation>
    </message>
    <message>
        <source>The class line shows no clear change between the halves of this lesson of {length}.</source>
        <translation>在这节 {length} 的课中，班级曲线前后两半没有明显变化。</translation>
    </message>
    <message>
        <source>The class line was higher in the second half of this lesson of {length} than in the first.</source>
        <translation>在这节 {length} 的课中，班级曲线后半段高于前半段。</translation>
    </message>
    <message>
        <source>The class line was lower in the second half of this lesson of {length} than in the first.</source>
        <translation>在这节 {length} 的课中，班级曲线后半段低于前半段。</translation>
    </message>
    <message>
        <source>The lesson names no class (--class), so marks of other lessons are not counted with these.</source>
        <translation>本节课没有班级名称（--class），因此其他课的标记不与此合并计算。</translation>
    </message>
    <message>
        <source>The model was trained on simulated lessons. Nobody has yet compared it with what teachers or observers saw in your class, so the line carries no numbers, and it may be wrong as a whole. Marking moments as “with me” or “lost” over at least five lessons will let it be compared with your own judgement.</source>
        <translation>该模型用模拟课堂训练。还没有人把它与教师或观察者在您班上看到的情况比较过，因此曲线不带数字，也可能整体有误。在至少五节课中把时刻标记为“跟得上”或“没跟上”，就能将它与您自己的判断比较。</translation>
    </message>
    <message>
        <source>The model was trained on simulated lessons; an intercept, a slope and one weight for each source were then fitted to marks of this class that were given while the line was hidden. The figure compares marks with what a fit to the other lessons said of them. It holds for this class and this model only, and the line still shows no numbers.</source>
        <translation>该模型用模拟课堂训练；随后根据本班在曲线隐藏时所作的标记拟合了截距、斜率和每个来源的一个权重。该数值把标记与在其他课上拟合的结果进行比较。它只适用于本班和本模型，曲线仍不显示数字。</translation>
    </message>
    <message>
        <source>The public data behind such models are adults at webcams; minors and room cameras are not validated here.</source>
        <translation>此类模型所用的公开数据是网络摄像头前的成年人；对未成年人和教室摄像头未经验证。</translation>
    </message>
    <message>
        <source>There is a class line for this lesson of {length}; it is too short to say whether it changed.</source>
        <translation>这节 {length} 的课有班级曲线；但时间太短，无法判断是否变化。</translation>
    </message>
    <message>
        <source>There is an estimate for every second of the lesson.</source>
        <translation>本节课每一秒都有估计。</translation>
    </message>
    <message>
        <source>Thick line: the class estimate, low to high, against this lesson&apos;s own median (dashed). Hatched: model range, 80 %; it widens as less is seen. Shaded: no estimate, a gap is never filled in.</source>
        <translation>粗线：班级估计，从低到高，以本节课的中位数（虚线）为准。斜线区：模型区间，80 %；看到的越少就越宽。阴影：没有估计，空缺绝不填补。</translation>
    </message>
    <message>
        <source>This page contains: {what}. The numbers behind it lie in the lesson folder; DATA_DICTIONARY.md explains them.</source>
        <translation>本页包含：{what}。其背后的数字在课堂文件夹中；DATA_DICTIONARY.md 对其作了说明。</translation>
    </message>
    <message>
        <source>Too little of the sound was usable.</source>
        <translation>可用的声音太少。</translation>
    </message>
    <message>
        <source>Video was off or absent. A camera, or a recording with a picture, would fill it.</source>
        <translation>视频已关闭或不存在。摄像头或带画面的录像可以补上。</translation>
    </message>
    <message>
        <source>Voices heard</source>
        <translation>听到的讲话</translation>
    </message>
    <message>
        <source>Wait time after a question</source>
        <translation>提问后的等待时间</translation>
    </message>
    <message>
        <source>What could not be measured</source>
        <translation>未能测量的内容</translation>
    </message>
    <message>
        <source>What the line rests on</source>
        <translation>曲线的依据</translation>
    </message>
    <message>
        <source>What was the class doing, and was it meant to look still?</source>
        <translation>当时班级在做什么？本来就应该看起来静止吗？</translation>
    </message>
    <message>
        <source>What worked here?</source>
        <translation>这里什么做法有效？</translation>
    </message>
    <message>
        <source>Where a line breaks, nothing was measured.</source>
        <translation>线条中断处没有测量值。</translation>
    </message>
    <message>
        <source>Why “{badge}”</source>
        <translation>为什么“{badge}”</translation>
    </message>
    <message>
        <source>With me or lost, pressed</source>
        <translation>跟得上或没跟上，主动标记</translation>
    </message>
    <message>
        <source>With me or lost, sampled</source>
        <translation>跟得上或没跟上，抽样标记</translation>
    </message>
    <message>
        <source>Your marks and the line</source>
        <translation>您的标记与曲线</translation>
    </message>
    <message>
        <source>against this lesson&apos;s median</source>
        <translation>与本节课中位数相比</translation>
    </message>
    <message>
        <source>by pseudonym</source>
        <translation>按化名计</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>chat, messages a minute</source>
        <translation>聊天，每分钟消息数</translation>
    </message>
    <message>
        <source>class size not known</source>
        <translation>班级人数未知</translation>
    </message>
    <message>
        <source>clearly higher than the lesson&apos;s median.</source>
        <translation>明显高于本节课的中位数。</translation>
    </message>
    <message>
        <source>clearly higher than the lesson&apos;s median; goes with a change in {source}.</source>
        <translation>明显高于本节课的中位数；与{source}的变化相关。</translation>
    </message>
    <message>
        <source>clearly lower than the lesson&apos;s median.</source>
        <translation>明显低于本节课的中位数。</translation>
    </message>
    <message>
        <source>clearly lower than the lesson&apos;s median; goes with a change in {source}.</source>
        <translation>明显低于本节课的中位数；与{source}的变化相关。</translation>
    </message>
    <message>
        <source>collecting: {n} of {needed} marks</source>
        <translation>正在收集：{needed} 个标记中的 {n} 个</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>concordance: 1 is the same level each time, 0 is none</source>
        <translation>一致性：1 为每次等级相同，0 为完全不一致</translation>
    </message>
    <message>
        <source>copy to share: figures of fewer than {minimum} people are left out</source>
        <translation>供分享的副本：少于 {minimum} 人的数据未列出</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>engagement</source>
        <translation>参与度</translation>
    </message>
    <message>
        <source>experimental: not validated in your class</source>
        <translation>试验性：未在您的班级验证</translation>
    </message>
    <message>
        <source>fewer than {minimum} people</source>
        <translation>少于 {minimum} 人</translation>
    </message>
    <message>
        <source>figures and charts of the whole class; no rows of single people, no names, no chat text, no pictures, no sound</source>
        <translation>全班的数据和图表；没有个人数据行、姓名、聊天内容、图片或声音</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>higher</source>
        <translation>较高</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>lines that ask something</source>
        <translation>提出问题的行</translation>
    </message>
    <message>
        <source>lines with a question mark</source>
        <translation>带问号的行</translation>
    </message>
    <message>
        <source>lower</source>
        <translation>较低</translation>
    </message>
    <message>
        <source>no clear difference</source>
        <translation>没有明显差别</translation>
    </message>
    <message>
        <source>no estimate</source>
        <translation>没有估计</translation>
    </message>
    <message>
        <source>not enough evidence: </source>
        <translation>证据不足：</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>nothing from {start} to {end}</source>
        <translation>{start} 至 {end} 没有数据</translation>
    </message>
    <message>
        <source>nothing was analysed</source>
        <translation>没有分析任何内容</translation>
    </message>
    <message>
        <source>observe</source>
        <translation>观察</translation>
    </message>
    <message>
        <source>observed</source>
        <translation>观察到</translation>
    </message>
    <message>
        <source>of the messages</source>
        <translation>占消息的比例</translation>
    </message>
    <message>
        <source>of the readable faces; the desk is a target too</source>
        <translation>按可读取的人脸计；课桌也算目标</translation>
    </message>
    <message>
        <source>of the seats known; bending over looks like absence</source>
        <translation>按已知座位计；弯腰看起来像不在场</translation>
    </message>
    <message>
        <source>of the talk whose speaker is known</source>
        <translation>按已知讲话者的讲话计</translation>
    </message>
    <message>
        <source>of the time heard</source>
        <translation>按可听时间计</translation>
    </message>
    <message>
        <source>of the time heard, judged over 15 s</source>
        <translation>按可听时间计，以 15 秒判断</translation>
    </message>
    <message>
        <source>of the time heard; silent work is work</source>
        <translation>按可听时间计；安静学习也是学习</translation>
    </message>
    <message>
        <source>of the time heard; tends to be counted too low</source>
        <translation>按可听时间计；往往偏低</translation>
    </message>
    <message>
        <source>of {size} seats</source>
        <translation>共 {size} 个座位</translation>
    </message>
    <message>
        <source>over {share}</source>
        <translation>高于 {share}</translation>
    </message>
    <message>
        <source>policy {name}</source>
        <translation>策略：{name}</translation>
    </message>
    <message>
        <source>public lines; private ones are never read</source>
        <translation>公开消息；从不读取私聊</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>录制中</translation>
    </message>
    <message>
        <source>recovered</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>research</source>
        <translation>研究</translation>
    </message>
    <message>
        <source>seats</source>
        <translation>个座位</translation>
    </message>
    <message>
        <source>seats seen</source>
        <translation>看到的座位</translation>
    </message>
    <message>
        <source>share of all seats and seconds in which a face could be read</source>
        <translation>所有座位和秒数中能读取人脸的比例</translation>
    </message>
    <message>
        <source>share of the time the chat was connected</source>
        <translation>聊天已连接的时间比例</translation>
    </message>
    <message>
        <source>share of the time with usable sound</source>
        <translation>声音可用的时间比例</translation>
    </message>
    <message>
        <source>small group: read as individuals</source>
        <translation>小组人数少：请视为个人</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>this lesson&apos;s
median</source>
        <translation>本节课的
中位数</translation>
    </message>
    <message>
        <source>time in the lesson</source>
        <translation>课堂时间</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>under {share}</source>
        <translation>低于 {share}</translation>
    </message>
    <message>
        <source>video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>voices, share of 30 s</source>
        <translation>讲话，30 秒中的比例</translation>
    </message>
    <message>
        <source>without any voice</source>
        <translation>没有任何讲话声</translation>
    </message>
    <message>
        <source>{length}: {reason}</source>
        <translation>{length}：{reason}</translation>
    </message>
    <message>
        <source>{list} and {last}</source>
        <translation>{list}和{last}</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{note}; each mark covers {seconds} s</source>
        <translation>{note}；每个标记涵盖 {seconds} 秒</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{seconds} s or more</source>
        <translation>{seconds} 秒或更长</translation>
    </message>
    <message>
        <source>{start} to {end}</source>
        <translation>{start} 至 {end}</translation>
    </message>
    <message>
        <source>{title} – lesson report</source>
        <translation>{title} – 课堂报告</translation>
    </message>
    <message>
        <source>{value}, {low} to {high}</source>
        <translation>{value}，{low} 至 {high}</translation>
    </message>
</context>
<context>
    <name>self_test</name>
    <message>
        <source>No face found.</source>
        <translation>没有找到人脸。</translation>
    </message>
    <message>
        <source>About {rate} pictures a second are analysed on this computer.</source>
        <translation>这台电脑每秒约分析 {rate} 帧。</translation>
    </message>
    <message>
        <source>The estimate comes once a second.</source>
        <translation>每秒给出一次估计。</translation>
    </message>
    <message>
        <source>Nothing is estimated under this policy.</source>
        <translation>此策略下不进行估计。</translation>
    </message>
    <message>
        <source>No sound arrived.</source>
        <translation>没有收到声音。</translation>
    </message>
    <message>
        <source>Only silence arrived; the microphone may be muted.</source>
        <translation>只收到静音；麦克风可能已静音。</translation>
    </message>
    <message>
        <source>The sound is very quiet; move the microphone closer.</source>
        <translation>声音很小；请把麦克风移近一些。</translation>
    </message>
    <message>
        <source>The sound is good.</source>
        <translation>声音良好。</translation>
    </message>
    <message>
        <source>The sound is too loud; turn the microphone down.</source>
        <translation>声音太大；请调低麦克风音量。</translation>
    </message>
    <message numerus="yes">
        <source>%n faces found.</source>
        <translation>
            <numerusform>找到 %n 张人脸。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>experimental: not validated in your class</source>
        <translation>试验性：未在您的班级验证</translation>
    </message>
    <message>
        <source>video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Lecture</source>
        <translation>讲授</translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Group work</source>
        <translation>小组活动</translation>
    </message>
    <message>
        <source>Silent work</source>
        <translation>安静学习</translation>
    </message>
    <message>
        <source>Observe</source>
        <translation>观察</translation>
    </message>
    <message>
        <source>Engagement</source>
        <translation>参与度</translation>
    </message>
    <message>
        <source>Research</source>
        <translation>研究</translation>
    </message>
    <message>
        <source>Lost (retry in {seconds} s)</source>
        <translation>已丢失（{seconds} 秒后重试）</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>画面冻结</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>已丢失</translation>
    </message>
    <message>
        <source>Lost (retry)</source>
        <translation>已丢失（重试中）</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>nothing was recorded</source>
        <translation>没有录制任何内容</translation>
    </message>
    <message>
        <source>nothing seen, heard or read</source>
        <translation>没有看到、听到或读到任何内容</translation>
    </message>
    <message>
        <source>too little was observed</source>
        <translation>观察到的内容太少</translation>
    </message>
    <message>
        <source>faces too small</source>
        <translation>人脸太小</translation>
    </message>
    <message>
        <source>unlike the training</source>
        <translation>与训练数据不同</translation>
    </message>
    <message>
        <source>the model cannot tell</source>
        <translation>模型无法判断</translation>
    </message>
    <message>
        <source>a source was lost</source>
        <translation>有来源丢失</translation>
    </message>
    <message>
        <source>left out on request</source>
        <translation>应要求排除</translation>
    </message>
    <message>
        <source>{n} hours left</source>
        <translation>剩余 {n} 小时</translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation>剩余 {n} 分钟</translation>
    </message>
    <message>
        <source>Waiting for the first seconds.</source>
        <translation>正在等待最初几秒。</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}。</translation>
    </message>
    <message>
        <source>{seen} of {size} seats seen.</source>
        <translation>看到 {size} 个座位中的 {seen} 个。</translation>
    </message>
    <message>
        <source>{seen} seats seen.</source>
        <translation>看到 {seen} 个座位。</translation>
    </message>
    <message>
        <source>small group: read as individuals</source>
        <translation>小组人数少：请视为个人</translation>
    </message>
    <message>
        <source>Too early to tell a trend.</source>
        <translation>现在判断趋势还太早。</translation>
    </message>
    <message>
        <source>Looks higher than two minutes ago.</source>
        <translation>看起来高于两分钟前。</translation>
    </message>
    <message>
        <source>Looks lower than two minutes ago.</source>
        <translation>看起来低于两分钟前。</translation>
    </message>
    <message>
        <source>Looks steady.</source>
        <translation>看起来平稳。</translation>
    </message>
    <message>
        <source>Rests on {first}, {second} and {third}.</source>
        <translation>依据{first}、{second}和{third}。</translation>
    </message>
    <message>
        <source>Rests on {first} and {second}.</source>
        <translation>依据{first}和{second}。</translation>
    </message>
    <message>
        <source>Rests on {only} only.</source>
        <translation>仅依据{only}。</translation>
    </message>
</context>
<context>
    <name>setting_fields</name>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Education in the EU or EEA</source>
        <translation>欧盟或欧洲经济区内的教育</translation>
    </message>
    <message>
        <source>Education elsewhere</source>
        <translation>其他地区的教育</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Camera, call window or part of the screen that lessons watch.</source>
        <translation>课堂所看的摄像头、通话窗口或屏幕的一部分。</translation>
    </message>
    <message>
        <source>Chat file</source>
        <translation>聊天文件</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>班级</translation>
    </message>
    <message>
        <source>Class size</source>
        <translation>班级人数</translation>
    </message>
    <message>
        <source>Colours of the window.</source>
        <translation>窗口的颜色。</translation>
    </message>
    <message>
        <source>Days for which picture and sound of a recorded lesson are kept at most; 0 keeps none.</source>
        <translation>录制课堂的画面和声音最多保存的天数；0 表示不保存。</translation>
    </message>
    <message>
        <source>Delete a recording as soon as its lesson was checked, and after those days at the latest.</source>
        <translation>课堂检查后立即删除录制，最迟在上述天数之后删除。</translation>
    </message>
    <message>
        <source>Face detector</source>
        <translation>人脸检测器</translation>
    </message>
    <message>
        <source>Face encoder</source>
        <translation>人脸编码器</translation>
    </message>
    <message>
        <source>Face landmarks</source>
        <translation>人脸关键点</translation>
    </message>
    <message>
        <source>Fewest people that a class tile on the screen may show.</source>
        <translation>屏幕上的班级格至少涉及的人数。</translation>
    </message>
    <message>
        <source>Fewest people that an exported figure may rest on.</source>
        <translation>导出的数据至少涉及的人数。</translation>
    </message>
    <message>
        <source>File into which the meeting program writes its chat.</source>
        <translation>会议程序写入聊天内容的文件。</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>How far the program may go with a lesson.</source>
        <translation>程序对课堂可以做到什么程度。</translation>
    </message>
    <message>
        <source>Keep recordings</source>
        <translation>保存录制</translation>
    </message>
    <message>
        <source>Keep until checked</source>
        <translation>保存到检查为止</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Keys of all actions, also those of a presentation clicker.</source>
        <translation>所有操作的按键，包括翻页器的按键。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Language of the window and of reports.</source>
        <translation>窗口和报告的语言。</translation>
    </message>
    <message>
        <source>Lessons folder</source>
        <translation>课堂文件夹</translation>
    </message>
    <message>
        <source>Loudspeaker whose sound is taken along as a track of its own.</source>
        <translation>作为单独音轨收录其声音的扬声器。</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Microphone that lessons listen to.</source>
        <translation>课堂所听的麦克风。</translation>
    </message>
    <message>
        <source>Model of fine facial indicators; auto is the pack where it is installed, none does without.</source>
        <translation>细微面部指标的模型；auto 为已安装的扩展包，none 表示不使用。</translation>
    </message>
    <message>
        <source>Model that encodes chat.</source>
        <translation>对聊天编码的模型。</translation>
    </message>
    <message>
        <source>Model that encodes faces.</source>
        <translation>对人脸编码的模型。</translation>
    </message>
    <message>
        <source>Model that encodes sound.</source>
        <translation>对声音编码的模型。</translation>
    </message>
    <message>
        <source>Model that finds faces; auto is the pack where it is installed.</source>
        <translation>查找人脸的模型；auto 为已安装的扩展包。</translation>
    </message>
    <message>
        <source>Model that joins the modalities.</source>
        <translation>融合各模态的模型。</translation>
    </message>
    <message>
        <source>Name of the class that the next lesson begins with.</source>
        <translation>下一节课默认的班级名称。</translation>
    </message>
    <message>
        <source>Names of the markers that the keys 1 to 9 set.</source>
        <translation>按键 1 到 9 所设标记的名称。</translation>
    </message>
    <message>
        <source>Nudges</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Own markers</source>
        <translation>自定义标记</translation>
    </message>
    <message>
        <source>People in that class; unknown when empty.</source>
        <translation>该班的人数；留空表示未知。</translation>
    </message>
    <message>
        <source>Pictures analysed</source>
        <translation>分析的帧数</translation>
    </message>
    <message>
        <source>Pictures analysed per second of lesson.</source>
        <translation>每秒课堂分析的帧数。</translation>
    </message>
    <message>
        <source>Place of use</source>
        <translation>使用地点</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <source>Sample of the teacher&apos;s voice, by which it is told from the class.</source>
        <translation>教师的声音样本，用于区分教师与班级。</translation>
    </message>
    <message>
        <source>Show at most one short hint about the whole class in five minutes, never about one student.</source>
        <translation>五分钟内最多显示一条关于全班的简短提示，从不涉及某个学生。</translation>
    </message>
    <message>
        <source>Show changes at once instead of sliding or fading them in.</source>
        <translation>直接显示变化，不使用滑动或淡入效果。</translation>
    </message>
    <message>
        <source>Size of all text, in per cent of the system&apos;s.</source>
        <translation>所有文字的大小，相对于系统大小的百分比。</translation>
    </message>
    <message>
        <source>Smallest group in exports</source>
        <translation>导出的最小人数</translation>
    </message>
    <message>
        <source>Smallest group on the screen</source>
        <translation>屏幕上的最小人数</translation>
    </message>
    <message>
        <source>Sound encoder</source>
        <translation>声音编码器</translation>
    </message>
    <message>
        <source>Sound of the call</source>
        <translation>通话声音</translation>
    </message>
    <message>
        <source>Start lessons with the recording lamp and the notice only, because students can see this screen.</source>
        <translation>开始上课时只显示录制指示灯和告知内容，因为学生能看到此屏幕。</translation>
    </message>
    <message>
        <source>Teacher&apos;s voice</source>
        <translation>教师的声音</translation>
    </message>
    <message>
        <source>Text encoder</source>
        <translation>文本编码器</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>The screen faces the class</source>
        <translation>屏幕面向学生</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Where lessons are kept; the data folder when empty.</source>
        <translation>课堂的保存位置；留空则为数据文件夹。</translation>
    </message>
    <message>
        <source>Where the program is used; decides which policies can be chosen.</source>
        <translation>程序的使用地点；决定可以选择哪些策略。</translation>
    </message>
</context>
<context>
    <name>student_view</name>
    <message>
        <source>Paused: nothing is seen, heard or read at the moment.</source>
        <translation>已暂停：现在不看、不听、不读。</translation>
    </message>
    <message>
        <source>Classroom Analyzer takes in what anyone in the room can see or hear: sound, talk, chat, presence.</source>
        <translation>Classroom Analyzer 记录教室里任何人都能看到或听到的内容：声音、讲话、聊天、在场情况。</translation>
    </message>
    <message>
        <source>It counts for the whole class and makes no estimate of anybody.</source>
        <translation>它只统计全班，不对任何人进行估计。</translation>
    </message>
    <message>
        <source>It makes an estimate of how the class takes part. It can be wrong about any person. It is not used for grades, discipline or ranking.</source>
        <translation>它估计班级的参与情况。对任何个人都可能有误。不用于评分、纪律处分或排名。</translation>
    </message>
    <message>
        <source>An approved study takes part; you were asked about it separately.</source>
        <translation>正在进行一项获批准的研究；已就此单独询问过您。</translation>
    </message>
    <message>
        <source>Picture and sound of this lesson are kept, encrypted.</source>
        <translation>本节课的画面和声音加密保存。</translation>
    </message>
    <message>
        <source>No picture and no sound are kept.</source>
        <translation>不保存画面和声音。</translation>
    </message>
    <message>
        <source>Everything stays on this computer. You can ask to be left out.</source>
        <translation>所有内容都留在这台电脑上。您可以要求不被纳入。</translation>
    </message>
</context>
<context>
    <name>why</name>
    <message>
        <source>Estimate</source>
        <translation>估计值</translation>
    </message>
    <message>
        <source>What goes with it</source>
        <translation>相关来源</translation>
    </message>
    <message>
        <source>Indicators that moved</source>
        <translation>发生变化的指标</translation>
    </message>
    <message>
        <source>Chat of the two minutes before</source>
        <translation>此前两分钟的聊天</translation>
    </message>
    <message>
        <source>No estimate is made under this policy.</source>
        <translation>此策略下不进行估计。</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}。</translation>
    </message>
    <message>
        <source>{value:.2f} on a scale from 0 to 1, model range (80 %) {low:.2f} to {high:.2f}</source>
        <translation>{value:.2f}（0 到 1），模型区间（80 %）{low:.2f} 至 {high:.2f}</translation>
    </message>
    <message>
        <source>{value:.2f} before, at {time}</source>
        <translation>此前为 {value:.2f}，{time}</translation>
    </message>
    <message>
        <source>Observed: {now:.0f} %</source>
        <translation>观察到：{now:.0f} %</translation>
    </message>
    <message>
        <source>Observed: {now:.0f} %, before {before:.0f} %</source>
        <translation>观察到：{now:.0f} %，此前 {before:.0f} %</translation>
    </message>
    <message>
        <source>{seen} of {size} seats seen</source>
        <translation>看到 {size} 个座位中的 {seen} 个</translation>
    </message>
    <message>
        <source>{seen} of {size} seats seen, before {before}</source>
        <translation>看到 {size} 个座位中的 {seen} 个，此前 {before} 个</translation>
    </message>
    <message>
        <source>{modality} is not used</source>
        <translation>未使用{modality}</translation>
    </message>
    <message>
        <source>{modality} goes with {value:+.2f}</source>
        <translation>{modality}对应 {value:+.2f}</translation>
    </message>
    <message>
        <source>{modality} goes with none of the difference</source>
        <translation>{modality}与差别无关</translation>
    </message>
    <message>
        <source>{modality} goes with {value:+.2f} of the difference</source>
        <translation>{modality}对应差别中的 {value:+.2f}</translation>
    </message>
    <message>
        <source>None that was measured.</source>
        <translation>没有测量到的指标。</translation>
    </message>
    <message>
        <source>{name}: {before}, now not measured</source>
        <translation>{name}：{before}，现在未测量</translation>
    </message>
    <message>
        <source>{name}: {before} to {now}</source>
        <translation>{name}：{before} 到 {now}</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>没有人发言。</translation>
    </message>
    <message>
        <source>{time} {who}: {text}</source>
        <translation>{time} {who}：{text}</translation>
    </message>
    <message>
        <source>Earlier lines: {n}</source>
        <translation>更早的行数：{n}</translation>
    </message>
</context>
<context>
    <name>window_actions</name>
    <message>
        <source>&amp;Open a recording…</source>
        <translation>打开录像(&amp;O)…</translation>
    </message>
    <message>
        <source>Play the &amp;demo lesson</source>
        <translation>播放演示课堂(&amp;D)</translation>
    </message>
    <message>
        <source>Start a &amp;live lesson…</source>
        <translation>开始实时课堂(&amp;L)…</translation>
    </message>
    <message>
        <source>What may be &amp;computed…</source>
        <translation>可以计算的内容(&amp;C)…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>设置(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Start or stop a lesson…</source>
        <translation>开始或停止课堂(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Back to start</source>
        <translation>返回开始页(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>Find a &amp;command…</source>
        <translation>查找命令(&amp;C)…</translation>
    </message>
    <message>
        <source>Set &amp;up again…</source>
        <translation>重新设置(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>按键(&amp;K)</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>复制诊断信息(&amp;D)</translation>
    </message>
    <message>
        <source>Theme: as the s&amp;ystem</source>
        <translation>主题：跟随系统(&amp;Y)</translation>
    </message>
    <message>
        <source>Theme: &amp;light</source>
        <translation>主题：浅色(&amp;L)</translation>
    </message>
    <message>
        <source>Theme: &amp;dark</source>
        <translation>主题：深色(&amp;D)</translation>
    </message>
</context>
</TS>
